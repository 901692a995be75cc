using IdfKit.Engine;

namespace IdfKit.Cli.Compare;

/// <summary>Two runs side by side.</summary>
/// <param name="A">The folder of the first.</param>
/// <param name="B">The folder of the second.</param>
/// <param name="Figures">What they came to.</param>
/// <param name="Settings">What they were made with, where that differs.</param>
internal sealed record Comparison(string A, string B, IReadOnlyList<Figure> Figures, IReadOnlyList<Setting> Settings)
{
    private const int MostDifferences = 1_000;

    public string Schema { get; init; } = "idfkit.compare/1";

    /// <summary>What differs in the models' objects; null where they could not be compared.</summary>
    public IReadOnlyList<ModelDifference>? Objects { get; init; }

    /// <summary>Whether there are more of them.</summary>
    public bool HasMoreObjects { get; init; }

    /// <summary>Of a run that did not complete how it ended and why; empty when both completed.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];

    /// <summary>Why the models were not compared; empty when they were.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static async Task<Comparison> OfAsync(
        ComparedRun a, ComparedRun b, EnergyPlusInstallation? installation, CancellationToken cancellationToken)
    {
        var comparison = new Comparison(
            a.Place.Shown(a.Folder), b.Place.Shown(b.Folder), Figure.Of(a.Record, b.Record), Setting.Differing(a.Record, b.Record))
        {
            Endings = Said(await a.WhyNotCompletedAsync(cancellationToken), await b.WhyNotCompletedAsync(cancellationToken)),
        };
        var (left, whyLeft) = await a.ReadModelAsync(cancellationToken);
        var (right, whyRight) = await b.ReadModelAsync(cancellationToken);
        if (left is null || right is null)
            return comparison with { Notes = Said(whyLeft, whyRight) };
        if (left.Format != right.Format) return comparison with { Notes = [CliSentences.FormatsDiffer] };
        var differences = ModelDifference.Between(left, right, installation).Take(MostDifferences + 1).ToList();
        return comparison with
        {
            Objects = [.. differences.Take(MostDifferences)], HasMoreObjects = differences.Count > MostDifferences,
        };
    }

    private static IReadOnlyList<string> Said(string? ofA, string? ofB) => [.. ((string?[])[ofA, ofB]).OfType<string>().Distinct()];
}
