using System.Collections.Concurrent;
using System.Net.Sockets;
using IdfKit.Drops;
using IdfKit.LocalCloud;
using IdfKit.Storage;
using IdfKit.Storage.S3;
using IdfKit.Cli.Terminal;
using Spectre.Console;

namespace IdfKit.Cli.Dev;

/// <summary>The bucket and the function of <c>idfkit dev</c>, from start to end.</summary>
internal sealed class DevSession(DevOptions options, IAnsiConsole console)
{
    private const string BucketName = "local";
    private static readonly TimeSpan StillFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoneFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DevFolder _folder = new(options.Folder);
    private string? _loss; // of the folder, for good
    private string _inputPrefix = "";
    private string _outputPrefix = "";

    /// <summary>Why it could not start, or go on; null: nothing has kept it from either.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Completes when what is put is run from now on; ends as canceled where that does not come.</summary>
    public Task Started => _started.Task;

    /// <summary>Takes sentences for people.</summary>
    private TextWriter Words => options.IsJson ? Console.Error : Console.Out;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var variables = Environment.GetEnvironmentVariables();
            var settings = FunctionOptions.FromEnvironment(variables).Runs;
            foreach (var name in FunctionVariables.UnknownIn(variables)) CommandGuard.Say("dev", FunctionOptions.AboutUnknown(name));
            (_inputPrefix, _outputPrefix) = (settings.InputPrefix, settings.OutputPrefix);
            var function = BootstrapFinder.Find(
                options.Bootstrap, Environment.GetEnvironmentVariable("IDFKIT_BOOTSTRAP"), AppContext.BaseDirectory);
            if (options.Drop.FirstOrDefault(file => !File.Exists(file)) is { } absent) return Refuse(CliSentences.NothingToDrop(absent));
            return await ServeAsync(function, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Words.WriteLine(CliSentences.StoppedAtStart);
            return ExitCode.Success;
        }
        catch (IOException e) when (e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return Refuse($"Port {options.Port} is taken by another program: choose another --port, or leave it out for a free one.");
        }
        catch (FunctionStartException wrong)
        {
            Refuse(wrong.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalLambdaException or ArgumentException)
        {
            return Refuse(_loss ?? (_started.Task.IsCompletedSuccessfully ? _folder.Loss : null) ?? e.Message);
        }
        finally
        {
            _started.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task<int> ServeAsync(FunctionCommand function, CancellationToken cancellationToken)
    {
        PassProxyBy();
        _folder.Make(_inputPrefix);
        await using var bucket = await LocalBucketServer.StartAsync(
            new LocalBucketOptions
            {
                Directory = options.Folder, BucketName = BucketName, Port = options.Port,
                Secrets = new Dictionary<string, string> { [FunctionVariables.AccessKeyId] = FunctionVariables.SecretAccessKey },
            }, cancellationToken);
        await using var files = FilesOf(bucket);
        await using var log = new FunctionLog(_folder.LogPath);
        using var begun = new BegunAttempts(_folder.BegunPath);
        var layout = new OutputLayout(_inputPrefix, _outputPrefix, sameBucket: true);
        var left = new LeftWork(new CatchUp(bucket.Directory, files, layout), bucket, begun, Words);
        await left.MendAsync(cancellationToken);
        await using var lambda = await LocalFunction.StartAsync(function, options, bucket, _folder, log, cancellationToken);
        lambda.AttemptBegins += (_, id) => begun.Add(id);
        var parts = new DevParts(bucket, files, lambda, layout, left);
        Words.WriteLine(Introduction.Of(parts, options, function, _inputPrefix, log.Path));
        return await ServeAsync(parts, log.Path, cancellationToken);
    }

    private async Task<int> ServeAsync(DevParts parts, string logPath, CancellationToken cancellationToken)
    {
        var tally = new Tally(parts.Runs, () => parts.Waiting);
        var json = options.IsJson ? new JsonDisplay(Console.Out, TimeProvider.System) : null;
        json?.Ready(parts.Bucket.Endpoint, parts.Lambda.Endpoint);
        IRunDisplay display = json
            ?? (IsTerminal() ? new LiveDisplay(console, parts.Runs, tally) : (IRunDisplay)new PlainDisplay(Console.Out, tally));
        var unanswered = new UnansweredDrops(parts.Layout, parts.Bucket.Directory, () => parts.Runs.Over, display.Ignored);
        parts.Lambda.InvocationCompleted += (_, result) =>
        {
            if (!result.Succeeded) display.Trouble(FailureText.Of(result, logPath));
        };
        parts.Bucket.Notify(new BucketNotification { Prefix = _inputPrefix, Target = document => Tell(parts.Lambda, document) });
        _started.TrySetResult();
        parts.Runs.Changed += (_, run) => display.RunChanged(run);
        parts.Bucket.ObjectWritten += (_, write) => parts.Runs.Written(write);
        parts.Bucket.ObjectWritten += (_, write) => parts.Studies.Written(write);
        parts.Bucket.ObjectWritten += (_, write) => unanswered.Written(write.Key);
        var isMissing = false;
        var unreadable = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        parts.Bucket.ObjectWritten += (_, write) => unreadable.TryRemove(write.Key, out var _);
        parts.Bucket.FileUnreadable += (_, file) =>
        {
            unreadable[file.Key] = true;
            display.Trouble(CliSentences.CannotRead(file.Key, file.Why));
        };
        var takenUp = await TakeUpAsync(parts, cancellationToken);
        await DropAsync(parts.Files, cancellationToken);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = display.ShowAsync(over.Token);
        foreach (var key in options.Once)
        {
            if (cancellationToken.IsCancellationRequested || await parts.Bucket.AnnounceAsync(key, CancellationToken.None)) continue;
            isMissing = true;
            display.Trouble($"There is no object {key} in {options.Folder}: --once takes keys such as {_inputPrefix}office.idf.");
        }
        await WaitAsync(parts, takenUp, unanswered, cancellationToken);
        foreach (var sentence in parts.Runs.Counts.Over == 0 ? unanswered.Among(options.Once) : [])
        {
            isMissing = true;
            display.Trouble(sentence);
        }
        await over.CancelAsync();
        await showing;
        var exitCode = await EndAsync(parts, isMissing || !unreadable.IsEmpty, cancellationToken.IsCancellationRequested);
        json?.Ended([.. parts.Runs.Over, .. parts.Runs.Active]);
        return _loss is null ? exitCode : Refuse(_loss);
    }

    /// <summary>What comes while all is being ended, the next start takes up.</summary>
    private static void Tell(LocalLambda lambda, string document)
    {
        try { lambda.Enqueue(document); }
        catch (ObjectDisposedException) { return; }
    }

    /// <summary>Says what became of the runs, and lets go of what is interrupted, so that the next start takes it up.</summary>
    private async Task<int> EndAsync(DevParts parts, bool isMissing, bool isStopped)
    {
        var waiting = parts.Waiting + parts.Bucket.Unsettled;
        await parts.Lambda.DisposeAsync();
        var (interrupted, over) = (parts.Runs.Active, parts.Runs.Over);
        if (_loss is null) await parts.Left.LetGoAsync(interrupted);
        var others = over.Where(run => !run.IsCompleted).Select(run => $"{run.Input} ({run.Status.Replace('_', ' ')})").ToList();
        if (over.Count > 0 || !isStopped) Words.WriteLine(CliSentences.Summary(over.Count - others.Count, others));
        if (isStopped || interrupted.Count > 0)
            Words.WriteLine(SentenceOf(interrupted, waiting, parts.Studies.Open, goesOn: _loss is null));
        var allCompleted = !isMissing && parts.Lambda.Failures.Count == 0 && interrupted.Count == 0 && over.All(run => run.IsCompleted);
        return isStopped || allCompleted ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Of a study whose rows have all ended its table is left; of any other the rows that have not.</summary>
    private static string SentenceOf(IReadOnlyList<Run> interrupted, int waiting, IReadOnlyList<OpenStudy> studies, bool goesOn)
    {
        var tables = studies.Where(study => study is { NotBegun: 0, Running: 0 }).Select(study => study.Input);
        var left = studies.Where(study => study.NotBegun > 0).Select(study => (study.Input, study.NotBegun));
        return CliSentences.Interrupted([.. interrupted.Select(run => run.Input), .. tables], waiting, [.. left], goesOn);
    }

    /// <summary>The bucket is on this machine, which no proxy of the environment (http_proxy) reaches.</summary>
    private static void PassProxyBy()
    {
        foreach (var name in new[] { "no_proxy", "NO_PROXY" })
            Environment.SetEnvironmentVariable(name, $"{Environment.GetEnvironmentVariable(name)},127.0.0.1,localhost");
    }

    private static AsyncS3FileSystem FilesOf(LocalBucketServer bucket) => new(BucketName, new S3FileSystemOptions
    {
        EndpointUrl = bucket.Endpoint,
        Region = FunctionVariables.Region,
        Credentials = new S3Credentials(FunctionVariables.AccessKeyId, FunctionVariables.SecretAccessKey),
    });

    /// <summary>Stopped meanwhile it ends as later, letting go of what runs already; the next start takes up the rest.</summary>
    private async Task<int> TakeUpAsync(DevParts parts, CancellationToken cancellationToken)
    {
        try { return options.Once.Count > 0 ? 0 : await parts.Left.TakeUpAsync(_inputPrefix, cancellationToken); }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { return 0; }
    }

    private async Task DropAsync(AsyncS3FileSystem files, CancellationToken cancellationToken)
    {
        foreach (var (at, file) in options.Drop.Index())
        {
            FileEntry entry;
            try { entry = await files.UploadAsync(file, _inputPrefix + Path.GetFileName(file), cancellationToken: cancellationToken); }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Words.WriteLine(CliSentences.NotDropped([.. options.Drop.Skip(at)]));
                return;
            }
            Words.WriteLine($"{"dropped",-10}  {file} ({entry.SizeBytes:#,0} bytes) as {S3Url.Of(BucketName, entry.Path)}");
        }
    }

    /// <summary>Until told to stop, or, when asked so, until the work is done; or until there is no folder any more.</summary>
    private async Task WaitAsync(DevParts parts, int takenUp, UnansweredDrops unanswered, CancellationToken cancellationToken)
    {
        var endsByItself = options.UntilIdle || options.Once.Count > 0;
        var still = TimeSpan.Zero;
        var missing = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A disk of the network may fail for a moment.
            var loss = _folder.Loss;
            missing = loss is null ? TimeSpan.Zero : missing + BetweenLooks;
            if (missing >= GoneFor) _loss = loss;
            if (_loss is not null) return;
            if (loss is not null) continue;
            unanswered.Look(BetweenLooks);
            try { await parts.Left.LookAtHeldAsync(BetweenLooks, cancellationToken); }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { return; }
            var hadWork = options.Once.Count > 0 || takenUp > 0 || parts.Runs.Counts.Over > 0 || parts.Lambda.Failures.Count > 0;
            var isIdle = parts.Lambda.Pending == 0 && parts.Bucket.Unsettled == 0;
            still = hadWork && isIdle ? still + BetweenLooks : TimeSpan.Zero;
            // A file that was dropped a moment ago has not become an event yet.
            if (endsByItself && still >= StillFor) return;
        }
    }

    private bool IsTerminal() => Screen.IsLive && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.Interactive;

    private int Refuse(string sentence)
    {
        Refusal = sentence;
        return ExitCode.Failure;
    }
}
