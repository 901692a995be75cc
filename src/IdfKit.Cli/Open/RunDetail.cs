using IdfKit.Runs;

namespace IdfKit.Cli.Open;

/// <summary>What the page says of one run beyond its row.</summary>
/// <param name="Folder">The run.</param>
/// <param name="Place">Where its results lie, for people.</param>
/// <param name="Model">Its key or path.</param>
/// <param name="Files">What its record lists.</param>
internal sealed record OneRun(string Folder, string Place, string Model, IReadOnlyList<OneFile> Files)
{
    public DateTimeOffset? StartedAt { get; init; }

    public string? Message { get; init; }

    public bool HasReport { get; init; }

    public static OneRun Of(string folder, string place, RunRecord record) =>
        new(folder, place, CliSentences.Clean(record.Input.Key),
            [.. record.Files.Select(file => new OneFile(file.Path, file.SizeBytes))])
        {
            StartedAt = record.StartedAt, Message = record.Message,
            HasReport = record.Files.Any(file => file.Path == RunRecordFile.ReportName),
        };
}

/// <summary>A file of a run.</summary>
internal sealed record OneFile(string Path, long SizeBytes);
