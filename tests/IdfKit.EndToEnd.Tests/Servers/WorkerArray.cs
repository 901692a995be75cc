using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// The children of an array of AWS Batch: processes of <c>bootstrap work</c> with the environment of the template's jobs, and with what
/// Batch tells each child.
/// </summary>
/// <param name="cloud">Whose function planned the study.</param>
/// <param name="tickets">The list of tickets: <c>s3://bucket/key</c>.</param>
/// <param name="size">How many children.</param>
/// <param name="environment">What is set besides.</param>
internal sealed class WorkerArray(Cloud cloud, string tickets, int size, params (string Name, string Value)[] environment)
{
    private const int Attempts = 10; // of the template

    /// <summary>Those that the function has and its jobs have not.</summary>
    private static readonly string[] OfTheFunction = ["IDFKIT_STUD", "IDFKIT_HAND_OVER", "IDFKIT_FAILURE_QUEUE"];

    private string Job { get; init; } = Guid.NewGuid().ToString();

    public int Size => size;

    /// <summary>The same array in Batch's eyes, but with this set besides.</summary>
    public WorkerArray With(IReadOnlyDictionary<string, string> more) =>
        new(cloud, tickets, size, [.. environment, .. more.Select(one => (one.Key, one.Value))]) { Job = Job };

    /// <summary>Starts a child, or one more attempt of it.</summary>
    /// <param name="index">Which one; null: a job that is no array.</param>
    public Worker Start(int? index)
    {
        var start = new ProcessStartInfo(
            PublishedFunction.BootstrapPath(), ["work", tickets, size.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in cloud.Environment)
            if (!Array.Exists(OfTheFunction, of => name.StartsWith(of, StringComparison.Ordinal))) start.Environment[name] = value;
        start.Environment["AWS_BATCH_JOB_ID"] = index is null ? Job : $"{Job}:{index}";
        if (index is not null) start.Environment["AWS_BATCH_JOB_ARRAY_INDEX"] = $"{index}";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Runs a child to its end, again where Batch would.</summary>
    /// <returns>The exit codes of its attempts, and what all of them said.</returns>
    public async Task<(IReadOnlyList<int> ExitCodes, string Log)> RunAsync(int? index)
    {
        List<int> codes = [];
        var log = new StringBuilder();
        while (codes.Count < Attempts && (codes.Count == 0 || codes[^1] is not (0 or 2)))
        {
            using var worker = Start(index);
            codes.Add(await worker.ExitCodeAsync());
            log.Append(await worker.LogAsync());
        }
        return (codes, log.ToString());
    }
}

/// <summary>One attempt of a child.</summary>
internal sealed class Worker : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output, _error;

    public Worker(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async Task<string> LogAsync() => await _output + await _error;

    /// <summary>Ends it, if the test has not come so far.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
