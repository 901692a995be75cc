namespace IdfKit.LocalCloud.Lambda;

/// <summary>Where asynchronous invocations go that failed for good: a list, and a file of JSON lines.</summary>
internal sealed class FailureDestination(string? file)
{
    private readonly Lock _gate = new();
    private readonly List<FailedInvocation> _failures = [];

    public IReadOnlyList<FailedInvocation> All
    {
        get { lock (_gate) return [.. _failures]; }
    }

    public void Add(FailedInvocation failure)
    {
        lock (_gate)
        {
            _failures.Add(failure);
            if (file is null) return;
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            File.AppendAllText(file, failure.Record + "\n");
        }
    }
}
