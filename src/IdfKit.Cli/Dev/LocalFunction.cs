using IdfKit.LocalCloud;

namespace IdfKit.Cli.Dev;

/// <summary>Starts the function on the bucket of a session.</summary>
internal static class LocalFunction
{
    private const string Unhandled = "Unhandled exception. ";

    /// <exception cref="LocalLambdaException">It cannot be started, or ends at once; the message ends with what it said last.</exception>
    public static async Task<LocalLambda> StartAsync(
        FunctionCommand function, DevOptions options, LocalBucketServer bucket, DevFolder folder, FunctionLog log,
        CancellationToken cancellationToken)
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
                FailureFile = folder.FailuresPath,
                FailureQueue = $"arn:aws:sqs:{FunctionVariables.Region}:123456789012:failures",
                OwnerTakesSignals = true,
                Log = log.Write,
            }, cancellationToken);
        }
        catch (LocalLambdaException e)
        {
            var said = Said(log, e.Message).Distinct();
            throw new LocalLambdaException(CliSentences.DidNotStart(e.Message, log.Path, [.. said]), e);
        }
    }

    /// <summary>What it said last, without the stack of what its runtime could not catch; that only where it said nothing else.</summary>
    private static List<string> Said(FunctionLog log, string sentence)
    {
        List<string> lines = [.. log.LastLines().Where(line => !line.StartsWith("   at ", StringComparison.Ordinal))];
        List<string> own = [.. lines.Where(line => !line.StartsWith(Unhandled, StringComparison.Ordinal))];
        return own.Count > 0 ? own : [.. lines.Select(line => line[Unhandled.Length..]).Where(line => !Repeats(line, sentence))];
    }

    /// <summary>Whether an error that was not caught, behind its type, is the one that was posted.</summary>
    private static bool Repeats(string error, string sentence)
    {
        var said = error[(error.IndexOf(": ", StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.');
        return said.Length > 0 && sentence.Contains(said, StringComparison.Ordinal);
    }
}
