using System.Text;
using IdfKit.Engine.Models;
using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>Models in every encoding that people save them in; the staged copy is what EnergyPlus reads.</summary>
public sealed class StagedTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool, bool> Utf16Kinds { get; } = new()
    {
        { ".idf", false, true }, { ".idf", false, false }, { ".idf", true, true }, { ".idf", true, false },
        { ".epJSON", false, true }, { ".epJSON", false, false }, { ".epJSON", true, true }, { ".epJSON", true, false },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_utf8_leaves_the_file_alone()
    {
        var staged = Stage("model.idf", Encoding.UTF8.GetBytes(SmallModel.Named("Büro")));

        Assert.False(staged.MustRewrite);
        Assert.Empty(staged.Notices);
        Assert.Equal(".idf", staged.Extension);
    }

    [Theory]
    [MemberData(nameof(Utf16Kinds))]
    public void Read_utf16_is_told_and_staged_as_utf8(string extension, bool bigEndian, bool mark)
    {
        var text = extension == ".idf" ? SmallModel.Named("Büro 事務室 ✓") : """{"Zone": {"Büro 事務室 ✓": {}}}""";
        var encoding = new UnicodeEncoding(bigEndian, mark);
        var staged = Stage("model" + extension, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.True(staged.MustRewrite);
        Assert.Contains("UTF-16", Assert.Single(staged.Notices), StringComparison.Ordinal);
        Assert.Equal(extension, staged.Extension);
        Assert.Equal(text, Rewritten(staged));
        Assert.NotNull(staged.Model.Find(null, "BÜRO 事務室 ✓"));
    }

    [Fact]
    public void Read_utf16_with_half_a_character_at_its_end_is_read_to_there()
    {
        var staged = Stage("model.idf", [.. Encoding.Unicode.GetBytes("Version,25.2;\nZone,A;\n"), 0x20]);

        Assert.Equal(2, staged.Model.Objects.Count);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Read_utf32_is_refused(bool bigEndian, bool mark)
    {
        var encoding = new UTF32Encoding(bigEndian, mark);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("Version,25.2;")];
        var error = Assert.Throws<ModelSyntaxException>(() => Stage("model.idf", bytes));

        Assert.Equal("'model.idf' is written as UTF-32, which EnergyPlus cannot read; save it as UTF-8.", error.Message);
    }

    [Theory]
    [InlineData("Büro")]
    [InlineData("Pièce n° 1")]
    [InlineData("L’école – « Nord »")]
    [InlineData("Größe ÜBERALL")]
    [InlineData("Año, señor")]
    [InlineData("€ 5 …")]
    [InlineData("CRÉÉE À ÉVRY")]
    [InlineData("±²³ m² µ")]
    [InlineData("Sérigraphié d’été")]
    [InlineData("élégant événement")]
    [InlineData("äcäa ÖäÜö")]
    public void Read_windows1252_is_told_and_staged_as_utf8(string name)
    {
        name = name.Replace(",", "", StringComparison.Ordinal);
        var text = SmallModel.Named(name);
        var staged = Stage("model.idf", CodePage(1252).GetBytes(text));

        Assert.Equal(TextEncoding.Windows1252, staged.WrittenAs);
        Assert.Contains("Windows-1252", Assert.Single(staged.Notices), StringComparison.Ordinal);
        Assert.Equal(text, Rewritten(staged));
        Assert.NotNull(staged.Model.Find("Schedule:Constant", name));
    }

    [Theory]
    [InlineData("事務室")]
    [InlineData("会議室１")]
    [InlineData("ゾーン・北")]
    [InlineData("表ソ能予 ｱｲｳ")]
    [InlineData("1階 事務室 (南)")]
    public void Read_shift_jis_is_told_and_staged_as_utf8(string name)
    {
        var text = SmallModel.Named(name);
        var staged = Stage("model.idf", CodePage(932).GetBytes(text));

        Assert.Equal(TextEncoding.ShiftJis, staged.WrittenAs);
        Assert.Contains("Shift-JIS", Assert.Single(staged.Notices), StringComparison.Ordinal);
        Assert.Equal(text, Rewritten(staged));
        Assert.NotNull(staged.Model.Find("Schedule:Constant", name));
    }

    [Fact]
    public void Every_byte_of_windows1252_and_every_character_of_shift_jis_is_what_the_framework_makes_of_it()
    {
        byte[] upper = [.. Enumerable.Range(0x80, 0x80).Select(value => (byte)value)];
        Assert.Equal(CodePage(1252).GetString(upper), Encoding.UTF8.GetString(LegacyLines.ToUtf8(upper)));

        for (var character = '\u0080'; character < '\uE000'; character++)
        {
            var bytes = CodePage(932).GetBytes([character]);
            var back = CodePage(932).GetString(bytes);
            if (bytes is [(byte)'?'] || back != character.ToString() || bytes is [< 0x81 or > 0xFC or 0xA0] or [_]) continue;
            Assert.Equal(back, Encoding.UTF8.GetString(ShiftJis.ToUtf8(bytes)));
        }
    }

    [Fact]
    public void Read_a_file_of_two_hands_keeps_the_lines_that_are_utf8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("Zone,Küche;\n"), .. Encoding.Latin1.GetBytes("Zone,Büro;\n")];

        Assert.Equal("Zone,Küche;\nZone,Büro;\n", Rewritten(Stage("model.idf", bytes)));
    }

    [Theory]
    [InlineData("! Größe in °C\nZone,A;\n")]
    [InlineData("Zone,A; !- Größe\n")]
    public void Read_other_bytes_in_comments_alone_leaves_the_file_alone(string text)
    {
        var staged = Stage("model.idf", Encoding.Latin1.GetBytes(text));

        Assert.False(staged.MustRewrite);
        Assert.Empty(staged.Notices);
    }

    [Theory]
    [InlineData("Version,25.2;\nZone,A;\n\u001a")]
    [InlineData("Version,25.2;\nZone,A;\r\n\u001a\u001a\r\n")]
    public void Read_control_z_at_the_end_is_taken_away_and_told(string text)
    {
        var staged = Stage("model.idf", Encoding.UTF8.GetBytes(text));

        Assert.True(staged.MustRewrite);
        Assert.Contains("Ctrl-Z", Assert.Single(staged.Notices), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001a', Rewritten(staged));
    }

    [Theory]
    [InlineData("office.epJSON", "Version,25.2;", ".idf")]
    [InlineData("office.JSON", "Version,25.2;", ".idf")]
    [InlineData("office.idf", """{"Zone": {"A": {}}}""", ".epJSON")]
    [InlineData("office.IDF", "\uFEFF // a box\n /* one */ {\"Zone\": {\"A\": {}}}", ".epJSON")]
    public void Read_content_that_is_not_what_the_name_says_goes_by_the_content_and_is_told(string name, string text, string extension)
    {
        var staged = Stage(name, Encoding.UTF8.GetBytes(text));

        Assert.Equal(extension, staged.Extension);
        Assert.Contains($"'{name}' holds", Assert.Single(staged.Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("office.idf", "Version,25.2;")]
    [InlineData("office.imf", "##set1 a[] 1\nVersion,25.2;")]
    [InlineData("office.epjson", """{"Zone": {"A": {}}}""")]
    [InlineData("office", "Version,25.2;")]
    public void Read_content_that_is_what_the_name_says_has_no_notice(string name, string text) =>
        Assert.Empty(Stage(name, Encoding.UTF8.GetBytes(text)).Notices);

    [Fact]
    public void Rewrite_that_fails_leaves_the_old_file_and_nothing_beside_it()
    {
        var staged = Stage("model.idf", Encoding.Latin1.GetBytes("Zone,Büro;"));
        Directory.CreateDirectory(_folder["taken"]);
        File.WriteAllText(_folder["taken", "file"], "");

        Assert.ThrowsAny<Exception>(() => staged.Rewrite(_folder["taken"]));
        Assert.False(File.Exists(_folder["taken.utf-8"]));
        Assert.True(File.Exists(_folder["taken", "file"]));
    }

    [Fact]
    public void Apply_to_a_model_in_another_encoding_writes_one_encoding()
    {
        var bytes = Encoding.Latin1.GetBytes("Version,25.2;\nZone,Büro;\n");
        File.WriteAllBytes(_folder["staged"], bytes);

        ModelPreparation.Apply(IdfText.Read(bytes), _folder["staged"], [new("Zone Air Temperature", "Büro")], []);

        var text = File.ReadAllText(_folder["staged"], new UTF8Encoding(false, throwOnInvalidBytes: true));
        Assert.StartsWith("Version,25.2;\nZone,Büro;\n", text, StringComparison.Ordinal);
        Assert.Contains("Output:Variable,Büro,", text, StringComparison.Ordinal);
    }

    /// <summary>Why all this is done: as it is, EnergyPlus does not run it; rewritten, it does.</summary>
    [Theory]
    [InlineData(1200, "Use")]
    [InlineData(1201, "Use")]
    [InlineData(1252, "Büro")]
    [InlineData(932, "事務室")]
    public void EnergyPlus_runs_the_rewritten_copy_and_not_the_original(int codePage, string name)
    {
        var path = _folder["model.idf"];
        File.WriteAllBytes(path, CodePage(codePage).GetBytes(SmallModel.Named(name)));
        Assert.Equal(1, SmallModel.Run(_folder, path).ExitCode);

        StagedText.Read(path, "model.idf").Rewrite(path);

        Assert.Equal(0, SmallModel.Run(_folder, path).ExitCode);
    }

    [Fact]
    public void EnergyPlus_minds_control_z_and_not_bytes_in_comments()
    {
        File.WriteAllBytes(_folder["z.idf"], Encoding.UTF8.GetBytes(SmallModel.Named("A") + "\u001a"));
        File.WriteAllBytes(_folder["c.idf"], Encoding.Latin1.GetBytes(SmallModel.Named("A") + "! Größe\n"));

        Assert.Equal(1, SmallModel.Run(_folder, _folder["z.idf"]).ExitCode);
        Assert.Equal(0, SmallModel.Run(_folder, _folder["c.idf"]).ExitCode);
    }

    [Fact]
    public void EnergyPlus_goes_by_the_name_of_the_file()
    {
        File.WriteAllText(_folder["model.epJSON"], SmallModel.Named("A"));
        Assert.Equal(1, SmallModel.Run(_folder, _folder["model.epJSON"]).ExitCode);

        File.Move(_folder["model.epJSON"], _folder["model" + StagedText.Read(_folder["model.epJSON"], "model.epJSON").Extension]);

        Assert.Equal(0, SmallModel.Run(_folder, _folder["model.idf"]).ExitCode);
    }

    private static Encoding CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.GetEncoding(number);

    private static StagedText Stage(string name, byte[] bytes) => StagedText.Read(new MemoryStream(bytes), name);

    private string Rewritten(StagedText staged)
    {
        File.WriteAllText(_folder["copy"], "as it was");
        staged.Rewrite(_folder["copy"]);
        return File.ReadAllText(_folder["copy"], new UTF8Encoding(false, throwOnInvalidBytes: true));
    }
}
