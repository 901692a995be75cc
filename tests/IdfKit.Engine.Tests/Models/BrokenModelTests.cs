using System.Text;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What is no model is refused with a place and a sentence, never read as an empty one.</summary>
public sealed class BrokenModelTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n\t\n", "no object")]
    [InlineData("! only\n! comments, and; such\n", "no object")]
    [InlineData("##include other.idf\n", "no object")]
    [InlineData("This is a letter.\nIt is no model\n", "no object")]
    [InlineData("Version,25.2;\n,5;", "comma")]
    [InlineData("Version,25.2;\nZone,A,", "ends in the middle of an object of class Zone")]
    [InlineData("Version,25.2;\nZone,A, !- Name\n", "ends in the middle of an object of class Zone")]
    [InlineData("Version,25.2;\nZone", "follows the last object")]
    [InlineData("Version,25.2;\nZo{e,A;", "cannot be in one")]
    [InlineData("Version,25.2;\n12,A;", "class name")]
    [InlineData("{", "JSON")]
    [InlineData("{}", "no object")]
    [InlineData("{\"Zone\": {\"A\": {\"x\": 1}", "JSON")]
    [InlineData("{\"Zone\": 5}", "class must hold objects")]
    [InlineData("{\"Zone\": {\"A\": 5}}", "object must hold fields")]
    [InlineData("{\"Zone\": {\"A\": {}}} x", "JSON")]
    public void Read_text_that_is_no_model_says_why(string text, string expected)
    {
        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_error_gives_line_and_column()
    {
        var idf = Assert.Throws<ModelSyntaxException>(() => IdfText.Read("Version,25.2;\n  Zone,A;\n  Zo{e,B;"));
        Assert.Equal((3, 5), (idf.Line, idf.Column));

        var json = Assert.Throws<ModelSyntaxException>(() => IdfText.Read("{\n  \"Zone\": }"));
        Assert.Equal((2, 11), (json.Line, json.Column));
    }

    [Fact]
    public void Read_random_bytes_are_refused()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = new byte[16 * 1024];
            new Random(seed).NextBytes(bytes);
            Assert.Throws<ModelSyntaxException>(() => IdfText.Read(bytes));
        }
    }

    [Fact]
    public void Read_zero_bytes_behind_a_model_are_refused_where_they_start()
    {
        var error = Assert.Throws<ModelSyntaxException>(() => IdfText.Read("Version,25.2;\nZone,A\0;"));

        Assert.Equal((2, 7), (error.Line, error.Column));
        Assert.Contains("binary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_100_MB_of_one_line_without_separators_is_refused() =>
        Assert.Throws<ModelSyntaxException>(() => IdfText.Read(Filled(100_000_000, 'x')));

    [Theory]
    [InlineData(",", "fields")]
    [InlineData("a;", "objects")]
    public void Read_100_MB_of_separators_in_one_line_is_refused_before_it_fills_the_memory(string pattern, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes("Zone" + string.Concat(Enumerable.Repeat(pattern, 100_000_000 / pattern.Length)) + ";");

        Assert.Contains(expected, Assert.Throws<ModelSyntaxException>(() => IdfText.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_many_fields_in_one_line_gives_them_all() =>
        Assert.Equal(1_000_000, IdfText.Read("Zone" + string.Concat(Enumerable.Repeat(",1", 1_000_000)) + ";").Objects.Single().FieldCount);

    private static byte[] Filled(int length, char character)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)character);
        return bytes;
    }
}
