using System.Text;

using TestBed;

namespace IdfKit.Studies.Tests.Reading;

/// <summary>Study files as people and spreadsheets write them.</summary>
public sealed class StudyTests : IDisposable
{
    private const string Thickness = "Material/Insulation/Thickness";

    private readonly StudyBed _bed = new StudyBed().WithOneZone();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Rows_are_those_of_the_file_in_its_order()
    {
        var study = Read($"name,      weather,      {Thickness}, Building//North Axis\nbase, office.epw, 0.05, 0\nnorth,, 0.10,90\n");
        Assert.Equal(["base", "north"], study.Rows.Select(row => row.Name));
        Assert.Equal([2, 3], study.Rows.Select(row => row.FileRow));
        Assert.Equal(["north", null, "0.10", "90"], study.Rows[1].Values);
        Assert.Equal(
            [StudyColumnKind.Name, StudyColumnKind.Weather, StudyColumnKind.Field, StudyColumnKind.Field],
            study.Columns.Select(column => column.Kind));
        Assert.All(study.Variants(), variant => Assert.EndsWith("office.epw", variant.Weather, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name,{T}\r\na,0.2\r\n")]
    [InlineData("name,{T}\ra,0.2\r")]
    [InlineData("name,{T}\na,0.2")]
    [InlineData("name;{T}\na;0.2\n")]
    [InlineData("name;{T}\na;0,2\n")]
    [InlineData("name\t{T}\na\t0,2\n")]
    [InlineData("name,{T},,,\na,0.2,,,\n,,,,\n,,,,\n")]
    [InlineData("\n\nname,{T}\n\na,0.2\n\n")]
    [InlineData("\"name\",\"{T}\"\n\"a\",\"0.2\"\n")]
    [InlineData("name , \"{T}\" \n a , \"0.2\" \n")]
    [InlineData("NAME,{T}\na,0.2\n")]
    [InlineData("sep=;\r\nname;{T}\r\na;0,2\r\n")]
    public void The_same_study_is_read_however_it_is_written(string csv)
    {
        var study = Read(csv.Replace("{T}", Thickness, StringComparison.Ordinal));
        Assert.Equal("a", Assert.Single(study.Rows).Name);
        var made = Encoding.UTF8.GetString(study.Variants()[0].MakeModel());
        Assert.Contains("Insulation,  MediumRough, 0.2,", made, StringComparison.Ordinal);
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 mark", "utf-16", "utf-16BE", "windows-1252"];

    [Theory, MemberData(nameof(Encodings))]
    public void The_encoding_is_found(string name)
    {
        var text = $"name,label,{Thickness}\nSüd,Größe,0.2\n";
        byte[] bytes = name switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "utf-16BE" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            _ => Encoding.Latin1.GetBytes(text),
        };
        _bed.With("office.study.csv", bytes);
        Assert.Equal(["Süd", "Größe", "0.2"], Assert.Single(_bed.Read().Rows).Values);
    }

    [Fact]
    public void Rows_without_a_name_are_called_by_their_values()
    {
        var first = Read($"{Thickness},Building//North Axis\n0.2,0\n0.3,0\n0.2,90\n").Rows.Select(row => row.Name).ToList();
        Assert.All(first, name => Assert.Matches("^[0-9a-f]{10}$", name));
        // Rows and columns in another order, one more row, one more column in which nothing stands.
        var second = Read($"Building//north_axis,{Thickness.ToUpperInvariant()},label\n90,0.2,\n0,0.3,\n0,0.2,\n0,0.4,\n").Rows;
        Assert.Equal([first[2], first[1], first[0]], second.Take(3).Select(row => row.Name));
    }

    [Fact]
    public void An_empty_cell_is_as_in_the_base()
    {
        var study = Read($"name,{Thickness}\nas,\n");
        Assert.Equal(File.ReadAllBytes(_bed["office.idf"]), study.Variants()[0].MakeModel());
    }

    [Fact]
    public void Backslashes_and_commas_stay()
    {
        var row = Assert.Single(Read("name,label,tags.room\na,\"C:\\x, \"\"y\"\"\",\"1, 2\"\n").Rows);
        Assert.Equal(["a", "C:\\x, \"y\"", "1, 2"], row.Values);
    }

    [Theory]
    [InlineData("", "The study's file is empty; its first row must hold the headings of the columns.")]
    [InlineData("name,{T}\n", "The study has headings and no rows; write a row for each variant.")]
    [InlineData("name,Thickness\na,1\n",
        "The heading 'Thickness' is no address (Class/Object/Field), no tag (@@x@@) and none of name, model, weather, "
            + "annual, design_day, timeout_seconds, label, tags.X.")]
    [InlineData("nane,{T}\na,1\n",
        "The heading 'nane' is no address (Class/Object/Field), no tag (@@x@@) and none of name, model, weather, "
            + "annual, design_day, timeout_seconds, label, tags.X; 'name' may be meant.")]
    [InlineData("name,{T},{T}\na,1,1\n", "The heading '{T}' stands twice; take one of the columns out.")]
    [InlineData("name,{T},material/insulation/thickness\na,1,1\n",
        "The headings '{T}' and 'material/insulation/thickness' mean the same; take one of the columns out.")]
    [InlineData("name,,{T}\na,1,1\n", "Column 2 has no heading; give it one, or take it out.")]
    [InlineData("name,{T}\na\n",
        "Row 2 has 1 value under 2 headings; write one for each, and nothing between two commas for what stays as in the base.")]
    [InlineData("name,{T}\na,1,2\n",
        "Row 2 has more values than the 2 headings: '2' stands under none; quote values that have commas, or give the column a heading.")]
    [InlineData("name,{T}\na,\"1\n",
        "Row 2 cannot be read: a quote is opened and not closed, or text follows a closing quote; a quote in quotes is written twice.")]
    [InlineData("name,{T}\na,0,05\n",
        "Row 2 has more values than the 2 headings: '05' stands under none; quote values that have commas, or give the column a heading.")]
    [InlineData("name,{T}\na,1\nA,2\n",
        "Row 3, column 'name': 'A' is the name of row 2, too; names must differ, and not only in capitals.")]
    [InlineData("{T}\n1\n1\n", "Row 3, column 'name': the row has the same values as row 2; take one out, or give them names.")]
    [InlineData("name,{T}\n../a,1\n",
        "Row 2, column 'name': '../a' cannot be the name of a folder; leave out / \\ : * ? \" < > | and control characters.")]
    [InlineData("name,{T}\n..,1\n", "Row 2, column 'name': '..' cannot be the name of a folder; it must not end in a dot.")]
    [InlineData("name,{T}\na,thick\n", "Row 2, column '{T}': 'thick' is no number.")]
    [InlineData("name,{T}\na,-1\n", "Row 2, column '{T}': '-1' is out of range; it must be more than 0.")]
    [InlineData("name;{T}\na;1.234,5\n", "Row 2, column '{T}': '1.234,5' is no number.")]
    [InlineData("name,annual,{T}\na,maybe,1\n", "Row 2, column 'annual': 'maybe' is neither true nor false.")]
    [InlineData("name,timeout_seconds,{T}\na,0,1\n",
        "Row 2, column 'timeout_seconds': '0' is no time limit; write seconds, from 0.001 to 604800.")]
    [InlineData("name,annual,design_day\na,yes,yes\n",
        "Row 2, column 'annual': annual and design_day are asked for at once; set one of them.")]
    [InlineData("name,weather\na,chicago.epw\n",
        "Row 2, column 'weather': there is no weather file 'chicago.epw'; put it beside the study.")]
    [InlineData("name,model\na,ofice.idf\n",
        "Row 2, column 'model': there is no model 'ofice.idf'; 'office.idf' may be meant; put it beside the study.")]
    [InlineData("name,@@x@@\na,1\n",
        "The tag '@@x@@' stands nowhere in 'office.idf'; write it where its values belong, or take the column out.")]
    [InlineData("name,Material/Insulaton/Thickness\na,1\n",
        "Column 'Material/Insulaton/Thickness': the model has no Material 'Insulaton'; 'Insulation' may be meant.")]
    [InlineData("PK\u0003\u0004,{T}\na,1\n", "The study's file is an Excel workbook or a zip; save it as CSV (UTF-8) under the same name.")]
    [InlineData("name\0,{T}\na,1\n", "The study's file is no text; save it as CSV in UTF-8.")]
    public void What_is_wrong_is_one_sentence(string csv, string sentence)
    {
        var fault = Assert.Single(_bed.Faults(csv.Replace("{T}", Thickness, StringComparison.Ordinal)));
        Assert.Equal(sentence.Replace("{T}", Thickness, StringComparison.Ordinal), fault.Message);
    }

    [Fact]
    public void All_that_is_wrong_is_said_and_not_only_the_first()
    {
        var faults = _bed.Faults($"name,{Thickness},Material/Brick/Roughness\na,x,Rough\nb,1,Ruff\nc,0,Rough\nc,1,Rough\n");
        Assert.Equal([2, 3, 4, 5], faults.Select(fault => fault.Row!.Value).Order());
        Assert.Equal(Thickness, faults.First(fault => fault.Row == 2).Column);
    }

    [Fact]
    public void An_address_that_means_nothing_is_said_once_also_above_empty_cells()
    {
        var faults = _bed.Faults($"{Thickness},Materal/X/Thickness,Building//Nord Axis,Zone/Ofice/Multiplier\n1,,0,\n2,,1,\nx,,2,3\n");
        Assert.Equal(
            [
                "Column 'Materal/X/Thickness': EnergyPlus has no class 'Materal'; 'Material' may be meant.",
                "Column 'Building//Nord Axis': Building has no field 'Nord Axis'; 'North Axis' may be meant.",
                "Column 'Zone/Ofice/Multiplier': the model has no Zone 'Ofice'; 'Office' may be meant.",
                $"Row 4, column '{Thickness}': 'x' is no number.",
            ],
            faults.Select(fault => fault.Message));
    }

    [Fact]
    public void All_values_of_a_row_are_looked_at()
    {
        var faults = _bed.Faults($"{Thickness},Material/Brick/Roughness,Zone/Office/Multiplier\nx,y,0\n");
        Assert.Equal([Thickness, "Material/Brick/Roughness", "Zone/Office/Multiplier"], faults.Select(fault => fault.Column));
    }

    [Fact]
    public void Of_many_faults_the_first_hundred_are_kept_and_all_are_counted()
    {
        _bed.With("office.study.csv", $"{Thickness}\n" + string.Concat(Enumerable.Range(1, 500).Select(row => $"-{row}\n")));
        var refused = Assert.Throws<StudyException>(() => _bed.Read());
        Assert.Equal((100, 500), (refused.Faults.Count, refused.FaultCount));
        Assert.EndsWith(" And 499 more.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_rows_are_read_and_one_more_is_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, 100_000).Select(row => FormattableString.Invariant($"{row / 1000.0}\n")));
        Assert.Equal(100_000, Read("Building//North Axis\n" + rows).Rows.Count);
        var fault = _bed.Faults("Building//North Axis\n" + rows + "200\n")[0];
        Assert.StartsWith("The study has more than 100000 rows", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_meet_in_a_field_are_refused_in_the_row_that_sets_both()
    {
        var faults = _bed.Faults(
            "Lights/*/Watts per Floor Area,Lights/Office lights/Watts per Floor Area\n8,\n9,\n,8\n8,7\n9,7\n");
        Assert.Equal([5, 6], faults.Select(fault => fault.Row));
        Assert.All(faults, fault => Assert.Contains("sets this field, too", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Named_base_in_a_folder_without_any_model_is_refused()
    {
        var fault = Assert.Single(_bed.Faults("model,Building//North Axis\nother.idf,0\n"));
        Assert.Equal("Row 2, column 'model': there is no model 'other.idf'; put it beside the study.", fault.Message);
    }

    [Fact]
    public void No_base_and_several_are_refused()
    {
        File.Move(_bed["office.idf"], _bed["ofice.idf"]);
        Assert.Equal(
            "There is no model for 'office.study.csv'; put 'office.idf' or 'office.epJSON' beside it (found 'ofice.idf').",
            Assert.Single(_bed.Faults($"name,{Thickness}\na,1\n")).Message);
        _bed.With("office.idf", "Version,25.2;").With("office.epJSON", "{}");
        var several = Assert.Single(_bed.Faults("name,label\na,1\n"));
        Assert.StartsWith("Beside 'office.study.csv' lie ", several.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_of_another_version_is_refused()
    {
        _bed.With("office.idf", "Version,9.4; Zone, Office;");
        Assert.Contains("is for EnergyPlus 9.4.0", _bed.Faults("name,Zone/Office/Multiplier\na,2\n")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_may_have_another_base()
    {
        _bed.With("small.idf", "Version,25.2;\nMaterial,Insulation,Rough,0.1,1,1,100;\n");
        var study = Read($"name,model,{Thickness}\na,,0.2\nb,small.idf,0.3\n");
        Assert.Equal("Version,25.2;\nMaterial,Insulation,Rough,0.3,1,1,100;\n", Encoding.UTF8.GetString(study.Variants()[1].MakeModel()));
    }

    [Fact]
    public void Tags_may_stand_where_json_has_numbers()
    {
        File.Delete(_bed["office.idf"]);
        _bed.With("office.epJSON", """{"Version": {"V": {"version_identifier": "25.2"}}, "Zone": {"@@z@@": {"x_origin": @@x@@}}}""");
        var study = Read("name,@@x@@,@@z@@,Zone/*/Multiplier\na,1.5,Nord,2\nb,2,Süd,3\n");
        Assert.Equal(
            """{"Version": {"V": {"version_identifier": "25.2"}}, "Zone": {"Süd": {"x_origin": 2, "multiplier": 3}}}""",
            Encoding.UTF8.GetString(study.Variants()[1].MakeModel()));
    }

    [Fact]
    public void A_tag_of_the_model_needs_a_column()
    {
        _bed.With("office.idf", "Version,25.2;\nZone,@@a@@ @@b@@;\n");
        Assert.Equal(
            "'office.idf' has the tag '@@b@@' and the study no column for it; add one with a value in every row.",
            Assert.Single(_bed.Faults("name,@@a@@\nx,1\n")).Message);
        Assert.Equal(
            "Row 3, column '@@a@@': a tag must have a value in every row.",
            Assert.Single(_bed.Faults("name,@@a@@,@@b@@\nx,1,2\ny,,2\n")).Message);
    }

    [Fact]
    public async Task A_study_may_lie_on_any_file_system()
    {
        var files = new IdfKit.Storage.MemoryFileSystem();
        files.WriteText("in/p/small.idf", "Version,25.2;\nZone,A;\n");
        files.WriteText("in/weather/x.epw", "LOCATION");
        files.WriteText("in/p/small.study.csv", "name,weather,Zone/A/Multiplier\na,../weather/x.epw,2\n");
        var study = await Study.ReadAsync(
            "in/p/small.study.csv", new() { Installation = StudyBed.EnergyPlus }, IdfKit.Storage.FileSystemAdapters.AsAsync(files),
            TestContext.Current.CancellationToken);
        var variant = Assert.Single(study.Variants());
        Assert.Equal(("in/p/small.idf", "in/weather/x.epw"), (variant.Model, variant.Weather));
    }

    [Fact]
    public void More_than_fifty_megabytes_are_refused()
    {
        _bed.With("office.study.csv", [.. Encoding.UTF8.GetBytes($"{Thickness}\n1\n"), .. new byte[50_000_000]]);
        Assert.Equal(
            "The study's file has more than 50 MB; divide it into several studies.",
            Assert.Single(Assert.Throws<StudyException>(() => _bed.Read()).Faults).Message);
    }

    private Study Read(string csv) => _bed.With("office.study.csv", csv).Read();
}
