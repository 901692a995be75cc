namespace IdfKit.Studies.Tests.Reading;

/// <summary>Studies of parameters, which are combined to rows.</summary>
public sealed class StudyJsonTests : IDisposable
{
    private readonly StudyBed _bed = new StudyBed().WithOneZone();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void A_grid_is_every_combination()
    {
        var rows = Read("""
            { // as people write it
              "parameters": { "Material/Insulation/Thickness": [0.05, 0.10, null], "Building//North Axis": [0, 90], },
              "weather": ["office.epw"]
            }
            """).Rows;
        Assert.Equal(
            ["0.05 0", "0.05 90", "0.10 0", "0.10 90", " 0", " 90"], rows.Select(row => string.Join(' ', row.Values.Take(2))));
        Assert.All(rows, row => Assert.Matches("^[0-9a-f]{10}$", row.Name));
        // A row is called the same in either form.
        _bed.With("office.study.csv", "weather,Building//North Axis,Material/Insulation/Thickness\noffice.epw,90,0.10\n");
        Assert.Equal(rows[3].Name, _bed.Read().Rows[0].Name);
    }

    [Fact]
    public void Lists_are_combined_row_by_row()
    {
        var rows = Read("""
            {"combine": "rows", "parameters": {"name": ["a", "b"], "annual": [true], "Building//North Axis": [1, 2]}}
            """).Rows;
        Assert.Equal(["a true 1", "b true 2"], rows.Select(row => string.Join(' ', row.Values)));
    }

    [Fact]
    public void A_sample_is_the_same_each_time_and_has_each_combination_once()
    {
        const string Sample =
            """
            {"combine": "sample", "rows": 20, "seed": 5, "parameters": {
              "Building//North Axis": [0, 45, 90, 135, 180], "Material/Insulation/Thickness": [0.05, 0.1, 0.15, 0.2]}}
            """;
        var rows = Read(Sample).Rows.Select(row => string.Join(' ', row.Values)).ToList();
        Assert.Equal(20, rows.Distinct().Count());
        Assert.Equal(rows, Read(Sample).Rows.Select(row => string.Join(' ', row.Values)));
        var others = Read(Sample.Replace("\"seed\": 5", "\"seed\": 6", StringComparison.Ordinal)).Rows;
        Assert.NotEqual(rows, others.Select(row => string.Join(' ', row.Values)));
        // A smaller one is the beginning of it, and spread evenly.
        var few = Read(Sample.Replace("\"rows\": 20", "\"rows\": 10", StringComparison.Ordinal)).Rows;
        Assert.Equal(rows.Take(10), few.Select(row => string.Join(' ', row.Values)));
        Assert.InRange(few.Select(row => row.Values[0]).Distinct().Count(), 4, 5);
    }

    [Theory]
    [InlineData("{", "The study's file is no JSON: line 1 cannot be read; correct it there.")]
    [InlineData("[]", "The study's file must hold an object of JSON with the member 'parameters'.")]
    [InlineData("{}", "The study has no parameters; give each a list of values under 'parameters'.")]
    [InlineData("""{"parameter": {}}""",
        "The study's member 'parameter' is none of parameters, combine, rows, seed, weather; 'parameters' may be meant.")]
    [InlineData("""{"parameters": {"label": []}}""", "The parameter 'label' has no values; give it at least one.")]
    [InlineData("""{"parameters": {"label": [[1]]}}""", "The parameter 'label' has a value that is no text, number, true, false or null.")]
    [InlineData("""{"parameters": {"label": [1]}, "combine": "all"}""",
        "The study's member 'combine' must be \"grid\", \"rows\" or \"sample\".")]
    [InlineData("""{"parameters": {"label": [1, 2], "name": [1, 2, 3]}, "combine": "rows"}""",
        "The parameter 'label' has 2 values and another has 3; to be combined by \"rows\" all need as many, or one.")]
    [InlineData("""{"parameters": {"label": [1]}, "combine": "sample"}""",
        "The study is a sample and does not say of how many rows; give it 'rows'.")]
    [InlineData("""{"parameters": {"label": [1, 2]}, "combine": "sample", "rows": 3}""",
        "The study asks for 3 rows and its parameters have only 2 combinations; ask for fewer, or combine them as \"grid\".")]
    [InlineData("""{"parameters": {"label": ["a"], "label": ["b"]}}""", "The heading 'label' stands twice; take one of the columns out.")]
    public void What_is_wrong_is_one_sentence(string json, string sentence)
    {
        var refused = Assert.Throws<StudyException>(() => Read(json));
        Assert.Equal(sentence, Assert.Single(refused.Faults).Message);
    }

    [Fact]
    public void More_combinations_than_a_study_may_have_are_refused()
    {
        var numbers = string.Join(',', Enumerable.Range(1, 400));
        var json = $$$"""{"parameters": {"Building//North Axis": [{{{numbers}}}], "Zone/Office/Multiplier": [{{{numbers}}}]}}""";
        var refused = Assert.Throws<StudyException>(() => Read(json));
        Assert.StartsWith("The study has more than 100000 rows", refused.Message, StringComparison.Ordinal);
    }

    private Study Read(string json) => _bed.With("office.study.json", json).Read("office.study.json");
}
