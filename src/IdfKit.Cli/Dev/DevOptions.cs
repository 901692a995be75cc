namespace IdfKit.Cli.Dev;

/// <summary>What <c>idfkit dev</c> was asked for.</summary>
internal sealed record DevOptions
{
    public required string Folder { get; init; }

    public string? Bootstrap { get; init; }

    public int Port { get; init; }

    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary>One for each processor.</summary>
    public static int DefaultConcurrency => Math.Min(Environment.ProcessorCount, MostConcurrency);

    public const int MostConcurrency = 64;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    public int MemoryMegabytes { get; init; } = 3008;

    public IReadOnlyList<string> Once { get; init; } = [];

    public IReadOnlyList<string> Drop { get; init; } = [];

    public bool UntilIdle { get; init; }

    /// <summary>JSON is printed for each change; sentences go to standard error.</summary>
    public bool IsJson { get; init; }
}
