namespace IdfKit.Cli.Dev;

/// <summary>The folder that is served: that it can be, and where what belongs to its sessions lies.</summary>
internal sealed class DevFolder(string path)
{
    public string Path { get; } = path;

    private string Hidden => System.IO.Path.Combine(Path, ".idfkit");

    public string LogPath => System.IO.Path.Combine(Hidden, "function.log");

    public string FailuresPath => System.IO.Path.Combine(Hidden, "failures.jsonl");

    public string BegunPath => System.IO.Path.Combine(Hidden, "begun");

    /// <summary>What of it was removed or renamed, as a sentence, as far as one look can tell; null: it is all there.</summary>
    public string? Loss => Directory.Exists(Hidden) ? null
        : Directory.Exists(Path) ? CliSentences.HiddenHasGone(Hidden)
        : CliSentences.FolderHasGone(Path);

    /// <summary>Makes it with its inputs.</summary>
    /// <exception cref="IOException">It cannot be made or written; the message says why.</exception>
    public void Make(string inputPrefix)
    {
        if (File.Exists(Path)) throw new IOException(CliSentences.IsNoFolder(Path));
        try
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, inputPrefix));
            Directory.CreateDirectory(Hidden);
            var name = System.IO.Path.Combine(Hidden, $"probe-{Guid.NewGuid():N}"); // a new one, so that no link is followed
            using var probe = new FileStream(
                name, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(CliSentences.CannotMakeFolder(Path, e.Message), e);
        }
    }
}
