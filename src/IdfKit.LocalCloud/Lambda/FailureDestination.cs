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
            if (file is not null) Append(file, failure.Record);
        }
    }

    private static void Append(string file, string record)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            File.AppendAllText(file, record + "\n");
        }
        // A full disk: the list has it, and the invocation must come to its end all the same.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return; }
    }
}
