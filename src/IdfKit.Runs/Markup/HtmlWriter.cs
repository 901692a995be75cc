using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

using IdfKit.Engine;

namespace IdfKit.Runs.Markup;

/// <summary>
/// Writes HTML whose markup is all in our code: the fixed parts of an interpolated text are taken as they are, and what stands in its holes
/// is text, cleaned, cut and escaped. Markup cannot be passed through a hole.
/// </summary>
/// <param name="longestText">The most characters of a text in a hole.</param>
internal sealed class HtmlWriter(int longestText = 400)
{
    private readonly StringBuilder _html = new();

    /// <summary>Writes markup without any text of others in it.</summary>
    public HtmlWriter Write([ConstantExpected] string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Writes markup with texts and numbers in its holes.</summary>
    public HtmlWriter Write([InterpolatedStringHandlerArgument("")] ref Parts markup) => this; // the parts have written themselves

    /// <summary>Writes bytes in base 64, as addresses of <c>data:</c> have them.</summary>
    public HtmlWriter WriteBase64(byte[] content)
    {
        _html.Append(Convert.ToBase64String(content));
        return this;
    }

    /// <summary>Writes a script or a style of ours.</summary>
    public HtmlWriter Write(PageCode code)
    {
        _html.Append(code.Text);
        return this;
    }

    /// <summary>Writes JSON in which no sign of markup stands, for a script of ours.</summary>
    /// <param name="json">As the writers of .NET make it by default: every <c>&lt;</c> of a text is escaped, and all is ASCII.</param>
    /// <exception cref="ArgumentException">It is not such JSON.</exception>
    public HtmlWriter WriteJson(ReadOnlySpan<byte> json)
    {
        if (json.ContainsAnyInRange((byte)0x80, (byte)0xff) || json.Contains((byte)'<'))
            throw new ArgumentException("The JSON has signs that must be escaped.", nameof(json));
        _html.Append(Encoding.ASCII.GetString(json));
        return this;
    }

    public override string ToString() => _html.ToString();

    private void AppendText(string text)
    {
        foreach (var rune in OneLine.Of(text, longestText).EnumerateRunes()) // half a pair of surrogates becomes U+FFFD
        {
            _ = rune.Value switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' => _html.Append("&#34;"),
                '\'' => _html.Append("&#39;"),
                0xfffe or 0xffff => _html.Append('\ufffd'), // no characters of XML
                _ => _html.Append(rune.ToString()),
            };
        }
    }

    /// <summary>What the compiler makes of an interpolated text that is written.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Parts
    {
        private readonly HtmlWriter _writer;

        public Parts(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _writer = writer;
            writer._html.EnsureCapacity(writer._html.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string markup) => _writer._html.Append(markup);

        public void AppendFormatted(string? text)
        {
            if (text is not null) _writer.AppendText(text);
        }

        /// <summary>A number or a moment, as the invariant culture writes it.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
            where T : struct, IFormattable =>
            _writer.AppendText(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
