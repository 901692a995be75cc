using System.Text;

using IdfKit.Engine.Preparation;
using TestBed;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>A file is mended piece by piece, so a line may end where a piece does.</summary>
public sealed class LineEndsTests
{
    private const int Piece = 64 * 1024;

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\r\r")]
    [InlineData("\r\r\n")]
    [InlineData("\n\r")]
    [InlineData("a\ra")]
    public void Mend_where_two_pieces_meet(string ends)
    {
        using var folder = new TemporaryFolder();
        foreach (var before in (int[])[Piece - 3, Piece - 2, Piece - 1, Piece])
            foreach (var behind in (string[])["", "b", "b\r", new string('b', Piece) + "\r\n"])
            {
                var text = new string('a', before) + ends + behind;
                File.WriteAllText(folder["m.idf"], text, Encoding.ASCII);

                LineEnds.Mend(folder["m.idf"]);

                var expected = System.Text.RegularExpressions.Regex.Replace(text, "\r(?!\n)", "\n");
                Assert.True(expected == File.ReadAllText(folder["m.idf"]), $"{before} bytes, then {ends.Length}, then {behind.Length}");
            }
    }
}
