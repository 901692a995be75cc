using IdfKit.Cli.Dev;
using IdfKit.Cli.Places;
using Spectre.Console;

namespace IdfKit.Cli.Open;

/// <summary>Runs the models of a folder while the page is open: all that <c>idfkit dev</c> does, in this process.</summary>
internal sealed class LocalService(OpenedPlace opened) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private DevSession? _session;
    private Task? _serving;
    private string? _ended;
    private bool _hadServed;

    /// <summary>How the models of a folder are run.</summary>
    public Func<string, DevOptions> Options { get; init; } = root => new() { Folder = root };

    /// <summary>Says a sentence in the terminal.</summary>
    public Action<string> Say { get; init; } = sentence => CommandGuard.Say(OpenCommand.Name, sentence);

    /// <summary>Whether models have been run here.</summary>
    public bool HasServed => _hadServed || _session?.Started.IsCompletedSuccessfully is true;

    /// <summary>Why models are not run here, though that was asked for; null: nothing keeps it, or nobody asked.</summary>
    public string? Refusal => _ended ?? (_session?.Refusal is { } why ? CliSentences.IsNotServed(opened.Place.Given, why) : null);

    /// <summary>Begins; nothing happens where models are run here already.</summary>
    /// <exception cref="CommandException">The place is no folder of this machine, or another program serves it.</exception>
    public void Begin()
    {
        lock (_gate)
        {
            if (_serving is { IsCompleted: false }) return;
            if (opened.Place.LocalRoot is not { } root) throw new CommandException(CliSentences.ServesFolders(opened.Place.Given));
            if (Served.Is(opened.Place) == true) throw new CommandException(CliSentences.IsServedAlready(opened.Place.Given));
            _hadServed = HasServed;
            _session = new DevSession(Options(root), AnsiConsole.Console);
            _ended = null;
            _serving = ServeAsync(_session);
        }
    }

    /// <summary>Waits until what has begun runs models.</summary>
    /// <exception cref="CommandException">It cannot; the message says why.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var session = _session!;
        try { await session.Started.WaitAsync(cancellationToken); }
        catch (OperationCanceledException) when (session.Refusal is { } why)
        {
            throw new CommandException(CliSentences.IsNotServed(opened.Place.Given, why));
        }
    }

    /// <summary>Where it ends by itself after it had run models, the terminal says so: the page may not be looked at.</summary>
    private async Task ServeAsync(DevSession session)
    {
        string? why;
        try
        {
            await session.RunAsync(_over.Token);
            why = session.Refusal;
        }
        catch (Exception failed) when (failed is not OperationCanceledException) { why = failed.Message; }
        if (_over.IsCancellationRequested || !session.Started.IsCompletedSuccessfully) return;
        _ended = CliSentences.ServesNoLonger(opened.Place.Given, why ?? CliSentences.HasEnded);
        Say(_ended);
    }

    /// <summary>Ends it as Ctrl-C ends <c>idfkit dev</c>: it says what it interrupted, and lets go of that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_serving is { } serving) await serving;
    }
}
