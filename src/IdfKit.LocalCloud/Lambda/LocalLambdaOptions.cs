namespace IdfKit.LocalCloud;

/// <summary>The function that <see cref="LocalLambda"/> runs, and the limits that Lambda would put on it.</summary>
public sealed record LocalLambdaOptions
{
    /// <summary>The function's executable, what Lambda calls <c>bootstrap</c>.</summary>
    public required string BootstrapPath { get; init; }

    /// <summary>Arguments for <see cref="BootstrapPath"/>; Lambda gives none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables for the function besides Lambda's own; these win. Of this process's environment the function
    /// sees only PATH, HOME, LANG, TMPDIR and DOTNET_ROOT, on Windows SystemRoot, TEMP and TMP too.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables that name a folder of the function process's own, as <c>/tmp</c> is in Lambda. It is empty at
    /// start and removed with the process. A name that <see cref="Environment"/> sets is left as it is.</summary>
    public IReadOnlyList<string> PrivateFolderVariables { get; init; } = ["TMPDIR", "IDFKIT_WORK_DIR"];

    /// <summary>The function's name in its ARN and in the Invoke API's path.</summary>
    public string FunctionName { get; init; } = "idfkit";

    /// <summary>The region in ARNs and in AWS_REGION.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>TCP port of the Invoke API and of <c>/events</c>; 0 takes a free one.</summary>
    public int Port { get; init => field = NotNegative(value); }

    /// <summary>Function processes, each serving one invocation at a time.</summary>
    public int Concurrency { get; init => field = AtLeastOne(value); } = 1;

    /// <summary>Longest invocation; then the process is killed and the attempt has failed.</summary>
    public TimeSpan Timeout { get; init => field = Positive(value); } = TimeSpan.FromMinutes(15);

    /// <summary>Longest time from a process's start to its first request for work.</summary>
    public TimeSpan InitTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(30);

    /// <summary>What the function is told it has (AWS_LAMBDA_FUNCTION_MEMORY_SIZE); nothing enforces it here.</summary>
    public int MemoryMegabytes { get; init => field = AtLeastOne(value); } = 3008;

    /// <summary>Attempts after the first one of an asynchronous invocation. Lambda's default and maximum is 2.</summary>
    public int MaxRetryAttempts { get; init => field = NotNegative(value); } = 2;

    /// <summary>Waits before the first, second, … retry; the last one serves for all further ones. Lambda waits one and
    /// two minutes; here the default is 0.2 s and 0.5 s.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)];

    /// <summary>An asynchronous event older than this is not tried again. Lambda's default is six hours.</summary>
    public TimeSpan MaxEventAge { get; init => field = Positive(value); } = TimeSpan.FromHours(6);

    /// <summary>A file that gets one JSON line, Lambda's destination record, for every asynchronous invocation that
    /// failed for good. Null: only <see cref="LocalLambda.Failures"/> has them.</summary>
    public string? FailureFile { get; init; }

    /// <summary>The ARN of a queue that takes such invocations and calls the function with them: each comes once, as a message of SQS.
    /// Null: the function is not told.</summary>
    public string? FailureQueue { get; init; }

    /// <summary>How long a function may take to end by itself after SIGTERM.</summary>
    public TimeSpan StopTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether the owner takes SIGINT, SIGTERM and SIGHUP over and disposes the function then. Default false: such a signal ends the
    /// function's processes at once, unless another handler has cancelled it before.
    /// </summary>
    public bool OwnerTakesSignals { get; init; }

    /// <summary>Gets every line that a function process writes to its standard output or error. Called from several
    /// threads.</summary>
    public Action<string>? Log { get; init; }

    private static int NotNegative(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
