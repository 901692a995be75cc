using System.Runtime.InteropServices;
using System.Text;

using IdfKit.Engine;

namespace Results;

/// <summary>Writes out every value that was read, so that the peer can be compared with it bit by bit (<c>compare.py</c>).</summary>
internal static class Dump
{
    public static void Eso(string path, string into)
    {
        using var file = File.OpenRead(path);
        using var writer = new BinaryWriter(File.Create(into));
        foreach (var series in EsoResults.Read(file).AllSeries())
        {
            writer.Write(series.Environment.Index);
            writer.Write(series.Variable.Id);
            writer.Write(series.Count);
            writer.Write(MemoryMarshal.AsBytes(series.Values.Span));
            foreach (var time in series.Times) writer.Write(time.End.Ticks);
        }
    }

    /// <summary>One table in each line: report, subject, title, then rows; units back in the headers.</summary>
    public static void Html(string path, string into)
    {
        using var file = File.OpenRead(path);
        using var writer = new StreamWriter(into, append: false, Encoding.UTF8);
        foreach (var table in HtmlTables.Read(file).Tables)
        {
            writer.Write(string.Join('\x1f', table.Report, table.For, table.Name));
            for (var row = -1; row < table.Rows.Count; row++)
            {
                writer.Write('\x1e');
                writer.Write(row < 0 ? "" : table.Rows[row]);
                for (var column = 0; column < table.Columns.Count; column++)
                    writer.Write('\x1f' + (row < 0 ? table.Headers[column] : table[row, column]));
            }
            writer.Write('\n');
        }
    }
}
