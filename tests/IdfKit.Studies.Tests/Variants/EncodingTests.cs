using System.Text;

using IdfKit.Studies.Variants;

namespace IdfKit.Studies.Tests.Variants;

/// <summary>A variant is written as its base is.</summary>
public sealed class EncodingTests
{
    private const string Model = "! Büro, 5 €\nVersion, 25.2; ! Größe\n"
        + "Material, Dämmung ü, Rough, 0.1, 1, 1, 100; ! für Wände\nZone, Süd, 1;  ! ä\n";

    public static TheoryData<string> Encodings =>
        ["utf-8", "utf-8 mark", "utf-16 mark", "utf-16BE mark", "utf-16", "utf-16BE", "windows-1252", "mixed"];

    [Theory, MemberData(nameof(Encodings))]
    public void Encoding_stays(string encoding)
    {
        var expected = Model.Replace("0.1,", "0.25,", StringComparison.Ordinal).Replace("Süd, 1", "Süd, 90", StringComparison.Ordinal);
        Assert.Equal(
            Bytes(encoding, expected),
            Edit.Bytes(Bytes(encoding, Model), ("Material/Dämmung ü/Thickness", "0.25"), ("Zone/SÜD/Direction of Relative North", "90")));
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Values_are_written_in_it(string encoding)
    {
        var expected = Model.Replace("Süd, 1", "Höhe €, 1", StringComparison.Ordinal);
        Assert.Equal(Bytes(encoding, expected), Edit.Bytes(Bytes(encoding, Model), ("Zone/Süd/Name", "Höhe €")));
    }

    [Fact]
    public void A_letter_that_the_encoding_does_not_have_is_refused() =>
        Assert.Contains(
            "'Ω', which the base's encoding",
            Assert.Throws<VariantFault>(() => Edit.Bytes(Bytes("windows-1252", Model), ("Zone/Süd/Name", "Ω"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_mark_of_the_end_stays() =>
        Assert.Equal(
            "Version,25.2;\r\nZone,A,2;\r\n\u001a",
            Edit.Text("Version,25.2;\r\nZone,A,1;\r\n\u001a", ("Zone/A/Direction of Relative North", "2")));

    [Fact]
    public void Comments_of_json_stay_in_every_encoding()
    {
        const string Json = "{ \"Version\": {\"V\": {\"version_identifier\": \"25.2\"}}, // Büro\n "
            + "\"Zone\": {\"A\": {\"type\": /* one */ 1}}}";
        foreach (var encoding in (string[])["utf-8", "utf-16 mark", "windows-1252"])
            Assert.Equal(
                Bytes(encoding, Json.Replace("/ 1}", "/ 1, \"multiplier\": 2}", StringComparison.Ordinal)),
                Edit.Bytes(Bytes(encoding, Json), ("Zone/A/Multiplier", "2")));
    }

    private static byte[] Bytes(string encoding, string text) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-8 mark" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
        "utf-16 mark" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
        "utf-16BE mark" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
        "utf-16" => Encoding.Unicode.GetBytes(text),
        "utf-16BE" => Encoding.BigEndianUnicode.GetBytes(text),
        // A first line in UTF-8, of another hand.
        "mixed" => [.. Encoding.UTF8.GetBytes(text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)]),
            .. Windows(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..])],
        _ => Windows(text),
    };

    private static byte[] Windows(string text) => [.. text.Select(letter => letter == '€' ? (byte)0x80 : (byte)letter)];
}
