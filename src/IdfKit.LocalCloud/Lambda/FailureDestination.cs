namespace IdfKit.LocalCloud.Lambda;

/// <summary>Where asynchronous invocations go that failed for good: a list, and a file of JSON lines.</summary>
internal sealed class FailureDestination
{
    private readonly Lock _gate = new();
    private readonly List<FailedInvocation> _failures = [];
    private readonly string? _file;

    /// <param name="file">Its folder is made now, and not anew when it was removed meanwhile; null: there is the list alone.</param>
    public FailureDestination(string? file)
    {
        _file = file is null ? null : Path.GetFullPath(file);
        if (Path.GetDirectoryName(_file) is { } folder) OrNothing(() => Directory.CreateDirectory(folder));
    }

    public IReadOnlyList<FailedInvocation> All
    {
        get { lock (_gate) return [.. _failures]; }
    }

    public void Add(FailedInvocation failure)
    {
        lock (_gate)
        {
            _failures.Add(failure);
            if (_file is not null) OrNothing(() => File.AppendAllText(_file, failure.Record + "\n"));
        }
    }

    private static void OrNothing(Action write)
    {
        try
        {
            write();
        }
        // A full disk: the list has it, and the invocation must come to its end all the same.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return; }
    }
}
