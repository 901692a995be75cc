using System.Collections.Concurrent;

namespace IdfKit.LocalCloud.Tests;

/// <summary>Starts <c>ScriptedFunction</c>, a real process that does what its event says.</summary>
public abstract class FunctionTests : IDisposable
{
    protected static readonly string Bootstrap =
        Path.Combine(AppContext.BaseDirectory, "ScriptedFunction" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    protected ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Lines of the log; waits until there are so many, because what a function prints comes a moment after its answer.</summary>
    protected async Task<IReadOnlyList<string>> LoggedAsync(int count, Func<string, bool> which)
    {
        for (var tries = 0; tries < 1000 && Log.Count(which) < count; tries++) await Task.Delay(20, TestContext.Current.CancellationToken);
        return [.. Log.Where(which)];
    }

    protected TestBed.TemporaryFolder Folder { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected LocalLambdaOptions Options => new()
    {
        BootstrapPath = Bootstrap,
        Log = Log.Enqueue,
        RetryDelays = [TimeSpan.FromMilliseconds(20)],
    };

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static bool IsRunning(int processId)
    {
        if (!File.Exists($"/proc/{processId}/stat")) return false;
        try
        {
            // A zombie waits for its parent only; it runs no more.
            return File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].TrimStart()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected static async Task GoneAsync(int processId)
    {
        while (IsRunning(processId)) await Task.Delay(20, Token);
    }
}
