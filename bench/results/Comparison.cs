using System.Text;

using TestBed;

namespace Results;

/// <summary>Has the peer read the same files, and compares every value and every cell with what is read here.</summary>
internal static class Comparison
{
    public static string Report(Inputs inputs, PeerReader peer)
    {
        var report = new StringBuilder("\nCompared with the peer, values bit by bit (`bench/results/compare.py`):\n\n");
        using var folder = new TemporaryFolder();
        var series = new[] { inputs.Eso, inputs.Mtr, inputs.OutPatientMtr }.Select(path => ("eso", path));
        var tables = new[] { inputs.OfficeHtm, inputs.Htm }.Select(path => ("htm", path));
        foreach (var (kind, path) in series.Concat(tables))
        {
            if (kind == "eso") Dump.Eso(path, folder["dump"]);
            else Dump.Html(path, folder["dump"]);
            var said = Programs.Run(
                peer.Python, [Repository.PathOf("bench", "results", "compare.py"), kind, path, folder["dump"]], out var exit)
                .Trim();
            report.Append("- ")
                .Append(said.Replace(path,
                    Path.Combine(Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path)),
                    StringComparison.Ordinal))
                .Append(exit == 0 ? "" : " **not equal**")
                .Append('\n');
        }
        return report.ToString();
    }
}
