using System.IO.Compression;
using System.Text;
using IdfKit.Engine.Models;

namespace IdfKit.Engine.Tests.Models;

/// <summary>Files that are dropped as models and are something else: each is called what it is, once, with what to do.</summary>
public sealed class OtherFileTests
{
    [Theory]
    [InlineData("", "'office.idf' is empty.")]
    [InlineData("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "web page (it begins with \"<!DOCTYPE html>\")")]
    [InlineData("\n  <html lang=\"en\">\n", "web page")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html xmlns=\"x\">", "web page")]
    [InlineData("<?xml version=\"1.0\"?>\n<gbXML/>", "XML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n", "Git LFS pointer")]
    [InlineData("{\\rtf1\\ansi Version,25.2;}", "word processor")]
    [InlineData("%PDF-1.7\n%âãÏÓ", "PDF")]
    [InlineData("SQLite format 3\0", "SQLite")]
    [InlineData("[{\"Zone\": 1}]", "JSON, but no epJSON")]
    [InlineData("LOCATION,Chicago,IL,USA,TMY3,725300,41.98,-87.92,-6.0,201.0\nDESIGN CONDITIONS,1,Climate\n", "weather file")]
    [InlineData("OS:Version,\n  {1-2-3}, !- Handle\n  3.10.0;\n", "export it as IDF from the OpenStudio application")]
    [InlineData("! by hand\nos:building, {1}, House;\n", "OpenStudio")]
    [InlineData("\0\0\0\0nothing", "binary file (a zero byte in line 1, column 1)")]
    public void Read_calls_the_file_what_it_is(string text, string expected) => AssertRefused(Encoding.UTF8.GetBytes(text), expected);

    [Fact]
    public void Read_archives_by_their_first_bytes_says_to_unpack_them()
    {
        using var gzip = new MemoryStream();
        using (var stream = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true)) stream.Write("Version,25.2;"u8);
        AssertRefused(gzip.ToArray(), "compressed with gzip; unpack it");

        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("office.idf");
        AssertRefused(zip.ToArray(), "zip archive; give it the ending .zip");
        AssertRefused([.. "BZh91AY&SY"u8], "bzip2 archive");
        AssertRefused([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z archive");
    }

    [Theory]
    [InlineData("Version,25.2;\n,5;", "line 2, column 1: \",5;\"")]
    [InlineData("Version,25.2;\nZone,A;\nDear reader\n", "line 3, column 1: \"Dear reader\"")]
    [InlineData("Version,25.2;\nZo{e,A;", "line 2, column 3: \"Zo{e,A;\"")]
    [InlineData("{\"Zone\": {\"A\": {\"x\": 1,}}}", "a comma too many")]
    [InlineData("{\"Zone\": {\"A\": {\"x\" 1}}}", "the JSON is broken (line 1, column 21")]
    [InlineData("{\"Zone\": {\"A\": ", "ends in the middle of its JSON (line 1); the file may be cut off")]
    [InlineData("Version,25.2;\nZone,\n  A,\n", "ends in the middle of an object of class Zone (line 2); the file may be cut off")]
    [InlineData("{\"Zone\": {\"\\ud800\": {}}}", "no whole character")]
    [InlineData("{\"Zone\": {\"A\": {\"x\": \"\\udc00\"}}}", "no whole character")]
    public void Read_a_broken_model_shows_the_line(string text, string expected) => AssertRefused(Encoding.UTF8.GetBytes(text), expected);

    [Fact]
    public void Read_a_broken_line_of_any_length_is_one_short_sentence() =>
        AssertRefused(
            Encoding.UTF8.GetBytes("Version,25.2;\n" + new string('x', 5000) + "\u0007{" + new string('y', 5000) + ","),
            "line 2");

    [Fact]
    public void Read_without_a_name_calls_it_the_model() =>
        Assert.Equal("The model is empty.", Assert.Throws<ModelSyntaxException>(() => IdfText.Read("")).Message);

    [Fact]
    public void Read_deeply_nested_json_is_refused() =>
        AssertRefused(
            Encoding.UTF8.GetBytes(
                "{\"Zone\": {\"A\": " + string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1" + new string('}', 50_002)),
            "nested deeper");

    private static void AssertRefused(byte[] bytes, string expected)
    {
        var message = Assert.Throws<ModelSyntaxException>(() => StagedText.Read(new MemoryStream(bytes), "office.idf")).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("'office.idf' ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 300);
        Assert.DoesNotContain(message, char.IsControl);
    }
}
