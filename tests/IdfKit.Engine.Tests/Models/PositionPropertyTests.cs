using System.Text;
using CsCheck;

namespace IdfKit.Engine.Tests.Models;

/// <summary>Any layout of any objects reads back: classes, fields and the place where each field starts.</summary>
public sealed class PositionPropertyTests
{
    // Three letters beyond ASCII in a row stand in no word of German, and the same bytes may be two characters of Shift-JIS.
    private static readonly Gen<string> Text = Gen.Char["abcXYZ019 .-_#:äß"].Array[0, 12].Select(c => new string(c).Trim())
        .Where(text => !text.StartsWith("##", StringComparison.Ordinal) && !HasThreeBeyondAscii(text));

    private static readonly Gen<string> ClassName = Gen.Char["ABCabc:"].Array[0, 10].Select(c => "Z" + new string(c));

    private static readonly Gen<string> LineEnd = OneOf("\n", "\r\n", "\r");

    // Blank space that may stand before any field: blanks, line ends, and comments with separators in them.
    private static readonly Gen<string> Gap =
        Gen.Select(OneOf("", " ", "\t ", "  "), OneOf("", "! a, b; c ##d", "!"), LineEnd, OneOf("", "   "))
            .Select((blank, comment, end, indent) => comment.Length > 0
                ? blank + comment + end + indent
                : blank).Array[0, 3].Select(string.Concat);

    private static readonly Gen<(string Class, (string Gap, string Text)[] Fields)[]> Objects =
        Gen.Select(ClassName, Gen.Select(Gap, Text).Array[1, 6]).Array[1, 8];

    private static bool HasThreeBeyondAscii(string text) =>
        Enumerable.Range(0, Math.Max(0, text.Length - 2)).Any(i => text.Skip(i).Take(3).All(c => c > 0x7F));

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    [Fact]
    public void Read_any_layout_gives_back_fields_and_positions() =>
        Gen.Select(Objects, LineEnd, Gen.Bool, Gen.Bool).Sample((objects, lineEnd, mark, latin1) =>
        {
            var written = new Layout(mark && !latin1);
            foreach (var (className, fields) in objects)
            {
                written.Begin(className);
                foreach (var (gap, text) in fields) written.Field(gap, text);
                written.End(lineEnd);
            }
            var model = IdfText.Read((latin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(written.ToString()));

            Assert.Equal(written.Expected, model.Objects.SelectMany(o =>
                o.Fields.Select((text, i) => (o.ClassName, o.Line, o.Column, text, text.Length == 0 ? default : o.PositionOf(i)))));
        });

    /// <summary>Writes IDF and notes where it put things.</summary>
    private sealed class Layout(bool mark)
    {
        private readonly StringBuilder _text = new(mark ? "\uFEFF" : "");
        private (string Name, int Line, int Column) _object;

        public List<(string Class, int Line, int Column, string Text, (int, int) At)> Expected { get; } = [];

        public void Begin(string className)
        {
            _object = (className, Here().Line, Here().Column);
            _text.Append(className);
        }

        public void Field(string gap, string text)
        {
            _text.Append(',').Append(gap);
            Expected.Add((_object.Name, _object.Line, _object.Column, text, text.Length == 0 ? default : Here()));
            _text.Append(text);
        }

        public void End(string lineEnd) => _text.Append(" ;").Append(lineEnd);

        public override string ToString() => _text.ToString();

        private (int Line, int Column) Here()
        {
            var lines = _text.ToString().TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
            return (lines.Length, lines[^1].Length + 1);
        }
    }
}
