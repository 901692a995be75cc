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
    private Task<string?>? _serving;
    private string? _ended;
    private bool _hadServed;

    /// <summary>How the models of a folder are run.</summary>
    public Func<string, DevOptions> Options { get; init; } = root => new() { Folder = root };

    /// <summary>Says a sentence in the terminal.</summary>
    public Action<string> Say { get; init; } = sentence => CommandGuard.Say(OpenCommand.Name, sentence);

    /// <summary>Whether models have been run here.</summary>
    public bool HasServed => _hadServed || _session?.Started.IsCompletedSuccessfully is true;

    /// <summary>Why models are not run here, though that was asked for; null: nothing keeps it, or nobody asked.</summary>
    public string? Refusal => _ended;

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
        var (session, serving) = (_session!, _serving!);
        await Task.WhenAny(session.Started, serving).WaitAsync(cancellationToken);
        if (session.Started.IsCompletedSuccessfully) return;
        if (await serving.WaitAsync(cancellationToken) is { } why) throw new CommandException(why);
        throw new OperationCanceledException(_over.Token);
    }

    /// <summary>
    /// Gives why it has ended, in one sentence, unless we ended it. Where it had run models, the terminal says so: the page may not be
    /// looked at.
    /// </summary>
    private async Task<string?> ServeAsync(DevSession session)
    {
        string? why;
        try
        {
            await session.RunAsync(_over.Token);
            why = session.Refusal;
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested) { return null; }
        catch (Exception failed) { why = failed.Message; }
        if (_over.IsCancellationRequested) return null;
        why ??= CliSentences.HasEnded;
        var hadBegun = session.Started.IsCompletedSuccessfully;
        _ended = hadBegun ? CliSentences.ServesNoLonger(opened.Place.Given, why) : CliSentences.IsNotServed(opened.Place.Given, why);
        if (hadBegun) Say(_ended);
        return _ended;
    }

    /// <summary>Ends it as Ctrl-C ends <c>idfkit dev</c>: it says what it interrupted, and lets go of that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_serving is { } serving) await serving;
    }
}
