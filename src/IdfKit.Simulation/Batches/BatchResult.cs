using System.Collections;

namespace IdfKit.Simulation;

/// <summary>
/// The results of a batch, in the order of its jobs. A job that an error kept from running has a result, too: rejected,
/// with the error.
/// </summary>
public sealed class BatchResult : IReadOnlyList<SimulationResult>
{
    private readonly SimulationResult[] _results;

    internal BatchResult(SimulationResult[] results, TimeSpan runtime)
    {
        (_results, Runtime) = (results, runtime);
        Succeeded = [.. results.Where(result => result.Succeeded)];
        Failed = [.. results.Where(result => !result.Succeeded)];
    }

    /// <summary>Those that completed.</summary>
    public IReadOnlyList<SimulationResult> Succeeded { get; }

    /// <summary>Those that did not.</summary>
    public IReadOnlyList<SimulationResult> Failed { get; }

    /// <summary>Whether every job completed; true for an empty batch.</summary>
    public bool AllSucceeded => Failed.Count == 0;

    /// <summary>Wall-clock time of the whole batch.</summary>
    public TimeSpan Runtime { get; }

    /// <inheritdoc/>
    public int Count => _results.Length;

    /// <inheritdoc/>
    public SimulationResult this[int index] => _results[index];

    /// <inheritdoc/>
    public IEnumerator<SimulationResult> GetEnumerator() => ((IEnumerable<SimulationResult>)_results).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
