using IdfKit.Runs;

namespace IdfKit.Cli.Simulate;

/// <summary>What <c>idfkit run</c> was asked for.</summary>
internal sealed record LocalRunOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    public required string Output { get; init; }

    public string? Weather { get; init; }

    public bool Annual { get; init; }

    public bool DesignDay { get; init; }

    public Parallelism Parallel { get; init; }

    public bool IsForced { get; init; }

    public int? Jobs { get; init; }

    public bool IsJson { get; init; }
}
