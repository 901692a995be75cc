using IdfKit.Cli.Dev;
using IdfKit.Cli.Places;
using Spectre.Console;

namespace IdfKit.Cli.Open;

/// <summary>Runs the models of a folder while the page is open: all that <c>idfkit dev</c> does, in this process.</summary>
internal sealed class LocalService(OpenedPlace opened) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private Task<int>? _serving;

    public bool WasStarted => _serving is not null;

    /// <summary>Begins; nothing happens where it serves already.</summary>
    /// <exception cref="CommandException">The place is no folder of this machine, or another program serves it.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_serving is { IsCompleted: false }) return;
            if (opened.Place.LocalRoot is not { } root) throw new CommandException(CliSentences.ServesFolders(opened.Place.Given));
            if (Served.Is(opened.Place) == true) throw new CommandException(CliSentences.IsServedAlready(opened.Place.Given));
            _serving = new DevSession(new DevOptions { Folder = root }, AnsiConsole.Console).RunAsync(_over.Token);
        }
    }

    /// <summary>Ends it as Ctrl-C ends <c>idfkit dev</c>: it says what it interrupted, and lets go of that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_serving is { } serving) await serving;
    }
}
