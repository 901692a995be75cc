using System.Text;
using IdfKit.Engine;
using IdfKit.Runs.Staging;
using TestBed;

namespace IdfKit.Runs.Tests.Staging;

/// <summary>The staged copy of a model is UTF-8 and is called what it holds, whatever was dropped.</summary>
public sealed class StagedModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("in.idf", "Version,25.2;\nZone,Büro;\n", "in.idf", 1)]
    [InlineData("in.epJSON", "Version,25.2;\nZone,Büro;\n", "in.idf", 2)]
    [InlineData("in.idf", "// a\n{\"Zone\": {\"Büro\": {}}}", "in.epJSON", 2)]
    [InlineData("in.epJSON", "// a\n{\"Zone\": {\"Büro\": {}}}", "in.epJSON", 1)]
    public void Read_writes_utf8_under_the_right_name_and_tells_each(string name, string text, string expected, int notices)
    {
        File.WriteAllBytes(_folder[name], Encoding.Latin1.GetBytes(text));

        var staged = StagedModel.Read(_folder[name], "office" + Path.GetExtension(name));

        Assert.Equal(_folder[expected], staged.Path);
        // The copy of epJSON that is written anew needs no comments.
        Assert.Equal(text.Replace("// a", "    ", StringComparison.Ordinal), File.ReadAllText(staged.Path));
        Assert.Equal([expected], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        Assert.Equal(notices, staged.Notices.Count);
        Assert.All(staged.Notices, notice => Assert.StartsWith("'office.", notice, StringComparison.Ordinal));
        Assert.NotNull(staged.Model.Find("Zone", "büro"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Read_of_utf16_is_refused_with_a_mark_and_without(bool bigEndian, bool mark)
    {
        var encoding = new UnicodeEncoding(bigEndian, mark);
        File.WriteAllBytes(_folder["in.idf"], [.. encoding.GetPreamble(), .. encoding.GetBytes("Version,25.2;\nZone,A;\n")]);

        var error = Assert.Throws<ModelSyntaxException>(() => StagedModel.Read(_folder["in.idf"], "office.idf"));

        Assert.StartsWith("'office.idf' is written as UTF-16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_what_is_no_model_says_so_once_by_its_name()
    {
        File.WriteAllText(_folder["in.idf"], "");

        var error = Assert.Throws<ModelSyntaxException>(() => StagedModel.Read(_folder["in.idf"], "office.idf"));

        Assert.Equal("'office.idf' is empty.", error.Message);
    }
}
