using IdfKit.Cli.Places;
using IdfKit.Storage;

namespace IdfKit.Cli.Open;

/// <summary>
/// The place that the page is over. A plain folder becomes a bucket when somebody begins to serve it, and is opened anew then.
/// </summary>
internal sealed class OpenedPlace(Place place) : IAsyncDisposable
{
    private string? _runs;

    public Place Place { get; private set; } = place;

    /// <summary>Whether a folder of this machine can be served here.</summary>
    public bool CanBeServed => Place.LocalRoot is not null;

    /// <summary>The folder of the runs.</summary>
    public async Task<string> RunsAsync(CancellationToken cancellationToken) =>
        _runs ??= Place.IsBucket ? Place.Outputs : await Place.FindRunsAsync(cancellationToken);

    /// <summary>The folder of one run, by its name below that of all.</summary>
    /// <exception cref="CommandException">It can be none.</exception>
    public async Task<string> FolderOfAsync(string run, CancellationToken cancellationToken)
    {
        if (run.Length > 0 && !StoragePath.IsValid(run)) throw new CommandException(CliSentences.NoSuchRun(run, Place.Given));
        var runs = await RunsAsync(cancellationToken);
        return run.Length == 0 ? runs : StoragePath.Join(runs, run);
    }

    /// <summary>True: it has become a bucket, and everything about it is to be looked at anew.</summary>
    public bool HasBecomeBucket()
    {
        if (Place.IsBucket || Place.LocalRoot is null || Served.Is(Place) != true) return false;
        // Both are of a local disk and hold nothing that would have to be let go.
        (Place, _runs) = (PlaceAddress.Open(Place.Given), null);
        return Place.IsBucket;
    }

    public ValueTask DisposeAsync() => Place.DisposeAsync();
}
