namespace IdfKit.Drops.Tests.Inputs;

public sealed class ObjectKeyTests
{
    [Theory]
    [InlineData("inputs/My+Model.idf", "aws:s3", "inputs/My Model.idf")]
    [InlineData("inputs/a%2Bb%25c.idf", "aws:s3", "inputs/a+b%c.idf")]
    [InlineData("inputs%2Foffice%C3%BC.idf", "aws:s3", "inputs/officeü.idf")]
    [InlineData("inputs/offices/u%CC%88.idf", "aws:s3", "inputs/offices/u\u0308.idf")]
    [InlineData("inputs/plain.idf", "aws:s3", "inputs/plain.idf")]
    [InlineData("inputs/a+b%20c.idf", "ceph:s3", "inputs/a+b%20c.idf")]
    [InlineData("inputs/two words.idf", "aws:s3", "inputs/two words.idf")]
    [InlineData("inputs/100% ü+v.idf", "aws:s3", "inputs/100% ü+v.idf")]
    [InlineData("inputs/50%.idf", "minio:s3", "inputs/50%.idf")]
    public void FromEvent_takes_raw_form_encoded_and_fully_encoded_keys(string inEvent, string eventSource, string expected) =>
        Assert.Equal(expected, ObjectKey.FromEvent(inEvent, eventSource).Value);

    [Theory]
    [InlineData("a/b/office.idf", "office.idf", "a/b", "a/b/office", ".idf")]
    [InlineData("office.v2.IDF", "office.v2.IDF", "", "office.v2", ".IDF")]
    [InlineData("a.b/office", "office", "a.b", "a.b/office", "")]
    [InlineData("a/.idf", ".idf", "a", "a/.idf", "")]
    public void Parts_of_a_key_are_those_of_its_last_segment(string key, string name, string folder, string stem, string extension)
    {
        var parsed = ObjectKey.FromText(key);
        Assert.Equal((name, folder, stem, extension), (parsed.Name, parsed.Folder, parsed.WithoutExtension, parsed.Extension));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a.idf")]
    [InlineData("a//b.idf")]
    [InlineData("a/../b.idf")]
    [InlineData("./a.idf")]
    [InlineData("a/")]
    public void IsPath_is_false_for_what_no_file_can_be(string key) => Assert.False(ObjectKey.FromText(key).IsPath);
}
