using System.Text;

namespace IdfKit.Engine.Schemas;

/// <summary>Labels as <c>Energy+.idd</c> has them, with the numbers of groups, which the schema leaves out.</summary>
internal static class IddLabels
{
    /// <summary>The labels of fields of a class; null for one that has none, or is not there.</summary>
    /// <param name="idd">The file.</param>
    /// <param name="className">As the file spells it.</param>
    /// <param name="first">Of the first field, from 0.</param>
    /// <param name="count">How many.</param>
    public static string?[] Of(ReadOnlySpan<byte> idd, string className, int first, int count)
    {
        var labels = new string?[count];
        var start = idd.IndexOf(Encoding.UTF8.GetBytes("\n" + className + ","));
        if (start < 0) return labels;
        var field = -1;
        foreach (var range in idd[(start + 1)..].Split((byte)'\n'))
        {
            var line = idd[(start + 1)..][range];
            if (line.StartsWith(Encoding.UTF8.GetBytes(className + ","))) continue;
            var note = line.IndexOf((byte)'\\');
            var isLast = field + 1 >= first + count;
            foreach (var sign in note < 0 ? line : line[..note])
            {
                if (sign == '!') break;
                if (sign is not ((byte)',' or (byte)';')) continue;
                if (isLast) return labels;
                field++;
            }
            if (field >= first && field < first + count && LabelIn(line) is { } label) labels[field - first] ??= label;
        }
        return labels;
    }

    private static string? LabelIn(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf("\\field "u8);
        if (at < 0) return null;
        var label = line[(at + "\\field ".Length)..];
        var comment = label.IndexOf((byte)'!');
        return Encoding.Latin1.GetString((comment < 0 ? label : label[..comment]).Trim(" \t\r"u8));
    }
}
