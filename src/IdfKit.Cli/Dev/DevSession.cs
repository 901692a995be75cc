using System.Globalization;
using System.Net.Sockets;
using IdfKit.Drops;
using IdfKit.LocalCloud;
using IdfKit.Storage.S3;
using Spectre.Console;

namespace IdfKit.Cli.Dev;

/// <summary>The bucket and the function of <c>idfkit dev</c>, from start to end.</summary>
internal sealed class DevSession(DevOptions options, IAnsiConsole console)
{
    private const string BucketName = "local";
    private static readonly TimeSpan StillFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private string _inputPrefix = "";
    private string _outputPrefix = "";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var settings = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables()).Runs;
            (_inputPrefix, _outputPrefix) = (settings.InputPrefix, settings.OutputPrefix);
            var function = BootstrapFinder.Find(
                options.Bootstrap, Environment.GetEnvironmentVariable("IDFKIT_BOOTSTRAP"), AppContext.BaseDirectory);
            return await ServeAsync(function, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (IOException e) when (e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return Refuse($"Port {options.Port} is taken by another program: choose another --port, or leave it out for a free one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LocalLambdaException
            or FunctionStartException or ArgumentException)
        {
            return Refuse(e.Message);
        }
    }

    private async Task<int> ServeAsync(FunctionCommand function, CancellationToken cancellationToken)
    {
        PassProxyBy();
        Directory.CreateDirectory(Path.Combine(options.Folder, _inputPrefix));
        await using var bucket = await LocalBucketServer.StartAsync(
            new LocalBucketOptions { Directory = options.Folder, BucketName = BucketName, Port = options.Port }, cancellationToken);
        await using var log = new FunctionLog(Path.Combine(options.Folder, ".idfkit", "function.log"));
        await using var lambda = await StartFunctionAsync(function, bucket, log, cancellationToken);

        var runs = new RunTracker(_outputPrefix);
        IRunDisplay display = IsTerminal() ? new LiveDisplay(console, runs) : new PlainDisplay(Console.Out);
        runs.Changed += (_, run) => display.RunChanged(run);
        bucket.ObjectWritten += (_, write) => runs.Written(write);
        var layout = new OutputLayout(_inputPrefix, _outputPrefix, sameBucket: true);
        var unanswered = new UnansweredDrops(layout, bucket.Directory, display.Ignored);
        bucket.ObjectWritten += (_, write) => unanswered.Written(write.Key);
        lambda.InvocationCompleted += (_, result) =>
        {
            if (!result.Succeeded) display.Trouble(FailureText.Of(result, log.Path));
        };
        Introduce(bucket, lambda, function, log.Path);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bucket.Notify(new BucketNotification { Prefix = _inputPrefix, Target = document => lambda.Enqueue(document) });
        await DropAsync(bucket.Endpoint, cancellationToken);
        var showing = display.ShowAsync(over.Token);
        var isMissing = false;
        foreach (var key in options.Once)
        {
            if (await bucket.AnnounceAsync(key, cancellationToken)) continue;
            isMissing = true;
            display.Trouble($"There is no object {key} in {options.Folder}: --once takes keys such as {_inputPrefix}office.idf.");
        }
        await WaitAsync(lambda, runs, unanswered, cancellationToken);
        foreach (var sentence in runs.Over.Count == 0 ? unanswered.Among(options.Once) : [])
        {
            isMissing = true;
            display.Trouble(sentence);
        }
        await over.CancelAsync();
        await showing;
        var allCompleted = !isMissing && lambda.Failures.Count == 0 && runs.Active.Count == 0 && runs.Over.All(run => run.IsCompleted);
        return cancellationToken.IsCancellationRequested || allCompleted ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>The bucket is on this machine, which no proxy of the environment (http_proxy) reaches.</summary>
    private static void PassProxyBy()
    {
        foreach (var name in new[] { "no_proxy", "NO_PROXY" })
            Environment.SetEnvironmentVariable(name, $"{Environment.GetEnvironmentVariable(name)},127.0.0.1,localhost");
    }

    private async Task DropAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        await using var inputs = new AsyncS3FileSystem(BucketName, new S3FileSystemOptions
        {
            EndpointUrl = endpoint,
            Prefix = _inputPrefix,
            Region = FunctionVariables.Region,
            Credentials = new S3Credentials(FunctionVariables.AccessKeyId, FunctionVariables.SecretAccessKey),
        });
        foreach (var file in options.Drop)
        {
            var entry = await inputs.UploadAsync(file, Path.GetFileName(file), cancellationToken: cancellationToken);
            Console.Out.WriteLine(
                $"{"dropped",-10}  {file} ({entry.SizeBytes:#,0} bytes) as {S3Url.Of(BucketName, _inputPrefix + entry.Path)}");
        }
    }

    private async Task<LocalLambda> StartFunctionAsync(
        FunctionCommand function, LocalBucketServer bucket, FunctionLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalLambda.StartAsync(new LocalLambdaOptions
            {
                BootstrapPath = function.Path,
                Arguments = function.Arguments,
                Environment = FunctionVariables.Create(Environment.GetEnvironmentVariables(), bucket.Endpoint),
                Region = FunctionVariables.Region,
                Concurrency = options.Concurrency,
                Timeout = options.Timeout,
                MemoryMegabytes = options.MemoryMegabytes,
                RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)],
                FailureFile = Path.Combine(options.Folder, ".idfkit", "failures.jsonl"),
                FailureQueue = $"arn:aws:sqs:{FunctionVariables.Region}:123456789012:failures",
                Log = log.Write,
            }, cancellationToken);
        }
        catch (LocalLambdaException e)
        {
            throw new LocalLambdaException($"{e.Message}\n{string.Join('\n', log.LastLines())}".TrimEnd(), e);
        }
    }

    /// <summary>Until told to stop, or, when asked so, until the work is done.</summary>
    private async Task WaitAsync(LocalLambda lambda, RunTracker runs, UnansweredDrops unanswered, CancellationToken cancellationToken)
    {
        var endsByItself = options.UntilIdle || options.Once.Count > 0;
        var still = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            unanswered.Look(BetweenLooks);
            var hadWork = options.Once.Count > 0 || runs.Over.Count > 0 || lambda.Failures.Count > 0;
            still = hadWork && lambda.Pending == 0 ? still + BetweenLooks : TimeSpan.Zero;
            // A file that was dropped a moment ago has not become an event yet.
            if (endsByItself && still >= StillFor) return;
        }
    }

    private void Introduce(LocalBucketServer bucket, LocalLambda lambda, FunctionCommand function, string logPath)
    {
        var endpoint = bucket.Endpoint.ToString().TrimEnd('/');
        var ready = lambda.InitDurations.Max().TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        var processes = options.Concurrency == 1 ? "1 process" : $"{options.Concurrency} processes";
        var credentials = $"AWS_ACCESS_KEY_ID={FunctionVariables.AccessKeyId} AWS_SECRET_ACCESS_KEY={FunctionVariables.SecretAccessKey}";
        Console.Out.WriteLine($"""
            Bucket    s3://{BucketName} is the folder {options.Folder}
            Endpoint  {endpoint}
            Function  {function} ({processes}, ready in {ready} s)
            Log       {logPath}

            Drop a model and its weather into {Path.Combine(options.Folder, _inputPrefix)} or put them there over S3:
              {credentials} AWS_DEFAULT_REGION={FunctionVariables.Region} \
                aws --endpoint-url {endpoint} s3 cp office.idf s3://{BucketName}/{_inputPrefix}
            Results appear in {Path.Combine(options.Folder, _outputPrefix)}. Ctrl-C stops.

            """);
    }

    private bool IsTerminal() =>
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or "" or null)
        && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.Interactive;

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine("idfkit dev: " + sentence);
        return ExitCode.Failure;
    }
}
