using System.Text;

namespace IdfKit.Studies.Tests.Reading;

/// <summary>Models that are studies by themselves.</summary>
public sealed class ParametricTests : IDisposable
{
    private const string Objects =
        """
        Version, 25.2;
        ! parameters
        Parametric:SetValueForRun,
          $depth,    !- Parameter Name
          0.05,      !- Value 1
          0.10,      !- Value 2
          0.20;      !- Value 3
        Parametric:SetValueForRun, $angle, 0, 90; Zone, Office;

        """;

    private const string Model =
        """
        Material, Insulation, Rough, = $depth * 2 , 0.04, 30, 1200; ! twice
        Building, Test, =$Angle;
        """;

    private readonly StudyBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Values_of_each_run_are_put_into_the_expressions()
    {
        var study = Read(Objects + Model);
        Assert.Equal(["000001", "000002", "000003"], study.Rows.Select(row => row.Name));
        Assert.Equal(["name", "$depth", "$angle"], study.Columns.Select(column => column.Heading));
        Assert.Equal(["000003", "0.20", "90"], study.Rows[2].Values);
        Assert.Equal(
            """
            Version, 25.2;
            ! parameters
             Zone, Office;
            Material, Insulation, Rough, 0.4 , 0.04, 30, 1200; ! twice
            Building, Test, 90;
            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(study.Variants()[2].MakeModel()));
    }

    [Fact]
    public void Runs_have_suffixes_and_may_be_left_out()
    {
        var study = Read(Objects + "Parametric:FileNameSuffix, Names, thin, , thick;\nParametric:RunControl, Runs, Yes, No;\n" + Model);
        Assert.Equal(["thin", "thick"], study.Rows.Select(row => row.Name));
    }

    [Theory]
    [InlineData("Parametric:Logic, Main, PARAMETER $x;",
        "The model has a Parametric:Logic (line 9), which is not carried out here; write its results as values of "
            + "Parametric:SetValueForRun, or put a file such as 'office.study.csv' beside the model.")]
    [InlineData("Parametric:RunControl, A, Yes;\nParametric:RunControl, B, Yes;",
        "The model has a second Parametric:RunControl (line 10); put both into one.")]
    [InlineData("Parametric:SetValueForRun, depth, 1;",
        "The Parametric:SetValueForRun in line 9 needs a name of a dollar sign, letters and digits, and at least one value.")]
    [InlineData("Parametric:SetValueForRun, $depth, 1;", "The heading '$depth' stands twice; take one of the columns out.")]
    [InlineData("Site:Location, Here, =$lat;",
        "Row 1: the expression '=$lat' in line 9 has '$lat', for which there is no Parametric:SetValueForRun.")]
    public void What_is_wrong_is_one_sentence(string more, string sentence)
    {
        var refused = Assert.Throws<StudyException>(() => Read(Objects + more + "\n" + Model));
        Assert.Equal(sentence, refused.Faults[0].Message);
    }

    [Fact]
    public void A_model_without_parameters_is_no_study()
    {
        var refused = Assert.Throws<StudyException>(() => Read("Version,25.2;"));
        Assert.StartsWith("The model is no study by itself", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_with_parameters_is_not_used_by_another_study()
    {
        _bed.With("office.idf", Objects + Model);
        var fault = _bed.Faults("name,Zone/Office/Multiplier\na,2\n")[0];
        Assert.Contains("make it a study by itself", fault.Message, StringComparison.Ordinal);
    }

    private Study Read(string model) => _bed.With("office.idf", model.ReplaceLineEndings("\n")).Read("office.idf");
}
