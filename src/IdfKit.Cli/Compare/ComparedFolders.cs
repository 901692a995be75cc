using IdfKit.Cli.Places;
using IdfKit.Cli.Show;
using IdfKit.Cli.Terminal;
using IdfKit.Runs;

namespace IdfKit.Cli.Compare;

/// <summary>Many runs of two folders, matched by name.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Runs">Those that both have, those first that differ most.</param>
/// <param name="OnlyA">Runs that only the first has.</param>
/// <param name="OnlyB">Runs that only the second has.</param>
internal sealed record ComparedFolders(
    string A, string B, IReadOnlyList<RunPair> Runs, IReadOnlyList<string> OnlyA, IReadOnlyList<string> OnlyB)
{
    public string Schema { get; init; } = "idfkit.compare_many/1";

    /// <summary>Why runs of the first did not complete, by cause.</summary>
    public IReadOnlyList<RunFailure> FailuresA { get; init; } = [];

    /// <summary>Why runs of the second did not complete, by cause.</summary>
    public IReadOnlyList<RunFailure> FailuresB { get; init; } = [];

    public static async Task<ComparedFolders> OfAsync(
        Place a, string folderA, Place b, string folderB, CancellationToken cancellationToken)
    {
        var left = await RunTable.CollectAsync(folderA, a.Files, cancellationToken: cancellationToken);
        var right = await RunTable.CollectAsync(folderB, b.Files, cancellationToken: cancellationToken);
        if (left.Rows.Count == 0) throw new CommandException(CliSentences.NoRuns(a.Shown(folderA)));
        if (right.Rows.Count == 0) throw new CommandException(CliSentences.NoRuns(b.Shown(folderB)));
        var others = right.Rows.ToDictionary(row => row.Folder, StringComparer.Ordinal);
        var pairs = left.Rows.Where(row => others.ContainsKey(row.Folder)).Select(row => RunPair.Of(row, others[row.Folder]));
        var both = left.Rows.Select(row => row.Folder).Where(others.ContainsKey).ToHashSet(StringComparer.Ordinal);
        return new(
            a.Shown(folderA), b.Shown(folderB),
            [.. pairs.OrderByDescending(pair => pair.StatusA != pair.StatusB).ThenByDescending(pair => Math.Abs(pair.Percent ?? 0))],
            [.. left.Rows.Select(row => row.Folder).Where(folder => !both.Contains(folder))],
            [.. right.Rows.Select(row => row.Folder).Where(folder => !both.Contains(folder))])
        {
            FailuresA = left.Failures, FailuresB = right.Failures,
        };
    }

    public void Write(TextWriter output, int most)
    {
        output.WriteLine($"A  {CliSentences.Clean(A)}");
        output.WriteLine($"B  {CliSentences.Clean(B)}");
        output.WriteLine();
        var text = new TextTable("RUN", " A kWh/m²", " B kWh/m²", " %", "STATUS", " WARNINGS");
        foreach (var pair in Runs.Take(most))
            text.Add(
                pair.Folder, ComparisonText.Number(pair.A), ComparisonText.Number(pair.B), ComparisonText.Percent(pair.Percent),
                pair.StatusA == pair.StatusB ? pair.StatusA : $"{pair.StatusA} -> {pair.StatusB}", ComparisonText.Signed(pair.Warnings));
        text.Write(output, Screen.Width, kept: 3);
        if (Runs.Count > most) output.WriteLine(CliSentences.MoreRuns(Runs.Count - most));
        output.WriteLine();
        output.WriteLine(CliSentences.Matched(Runs.Count, OnlyA, OnlyB));
        WriteFailures(output, "A", FailuresA);
        WriteFailures(output, "B", FailuresB);
    }

    private static void WriteFailures(TextWriter output, string which, IReadOnlyList<RunFailure> failures)
    {
        if (failures.Count == 0) return;
        output.WriteLine(CliSentences.DidNotCompleteIn(which));
        RunsTable.WriteFailures(output, failures);
    }
}

/// <summary>A run of both folders.</summary>
/// <param name="Folder">Its name in both.</param>
/// <param name="StatusA">How the first ended.</param>
/// <param name="StatusB">How the second ended.</param>
/// <param name="A">Site energy of the first, kWh/m²; null: it has none.</param>
/// <param name="B">Of the second.</param>
internal sealed record RunPair(string Folder, string StatusA, string StatusB, double? A, double? B)
{
    public double? Percent => A is { } from && from != 0 ? 100 * (B - from) / from : null;

    /// <summary>How many warnings the second has more.</summary>
    public double? Warnings { get; init; }

    public static RunPair Of(RunRow a, RunRow b) =>
        new(a.Folder, a.Status, b.Status, a["site_eui_kwh_m2"] as double?, b["site_eui_kwh_m2"] as double?)
        {
            Warnings = (b["warnings"] as long?) - (a["warnings"] as long?),
        };
}
