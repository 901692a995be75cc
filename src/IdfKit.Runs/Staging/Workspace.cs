using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;

namespace IdfKit.Runs.Staging;

/// <summary>The folder of one run on local disk: inputs, results, and nothing else; gone when disposed.</summary>
internal sealed class Workspace : IDisposable
{
    private const string NamePrefix = "idfkit-run-";

    private Workspace(string path)
    {
        Path = path;
        Directory.CreateDirectory(Inputs);
        Directory.CreateDirectory(Outputs);
    }

    public string Path { get; }

    /// <summary>The model, its weather and the files that it names; EnergyPlus's working directory.</summary>
    public string Inputs => System.IO.Path.Combine(Path, "in");

    /// <summary>The staged weather, when there is any.</summary>
    public string Weather => System.IO.Path.Combine(Inputs, "in.epw");

    /// <summary>What is uploaded.</summary>
    public string Outputs => System.IO.Path.Combine(Path, "out");

    /// <summary>Where a record is read to.</summary>
    public string ScratchRecord => System.IO.Path.Combine(Path, "claim.json");

    /// <summary>Where an archive is made or read.</summary>
    public string Scratch => System.IO.Path.Combine(Path, "archive.zip");

    /// <summary>What an archive is unpacked to.</summary>
    public string Bundle => System.IO.Path.Combine(Path, "bundle");

    public static Workspace Create(string workDirectory, string runId) =>
        new(System.IO.Path.Combine(
            workDirectory, string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{Environment.ProcessId}-{runId}")));

    /// <summary>
    /// Removes what processes that no longer live have left behind, this one's own crashed predecessor with the same id
    /// included.
    /// </summary>
    public static void RemoveAbandoned(string workDirectory)
    {
        foreach (var folder in Directory.EnumerateDirectories(workDirectory, NamePrefix + "*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[NamePrefix.Length..].Split('-')[0];
            if (!int.TryParse(owner, CultureInfo.InvariantCulture, out var processId) || IsAlive(processId)) continue;
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes <c>summary.json</c> among the results.</summary>
    public Task WriteSummaryAsync(EnergySummary summary, CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(
            System.IO.Path.Combine(Outputs, RunRecordFile.SummaryName), RunRecordFile.ToJson(summary), cancellationToken);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException) { return false; } // no process has this id
    }
}
