using System.Buffers;
using System.Text;

using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>A study as CSV (RFC 4180).</summary>
internal static class StudyCsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    public static byte[] Of(Study study)
    {
        var text = new StringBuilder();
        Add(text, study.Columns.Select(column => column.Heading));
        foreach (var row in study.Rows) Add(text, row.Values.Select(value => value ?? ""));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Add(StringBuilder text, IEnumerable<string> values) =>
        text.AppendJoin(',', values.Select(Value)).Append("\r\n");

    private static string Value(string value) => value.AsSpan().ContainsAny(Quoted)
        ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : value;
}
