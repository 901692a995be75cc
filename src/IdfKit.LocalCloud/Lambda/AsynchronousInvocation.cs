namespace IdfKit.LocalCloud.Lambda;

/// <summary>What follows an attempt: the end, a retry, or the on-failure destination
/// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).</summary>
internal sealed class AsynchronousInvocation(
    LocalLambdaOptions options, InvocationQueue queue, FailureDestination failures, string functionArn,
    Action<InvocationResult> completed, TimeProvider time, CancellationToken stopping)
{
    public void AttemptOver(Invocation invocation, AttemptOutcome outcome, TimeSpan duration)
    {
        if (outcome.Succeeded || !invocation.IsAsynchronous)
            Finish(invocation, outcome, duration);
        else if (invocation.Attempts > options.MaxRetryAttempts)
            Fail(invocation, outcome, "RetriesExhausted", duration);
        else if (Age(invocation) + DelayAfter(invocation.Attempts) > options.MaxEventAge)
            Fail(invocation, outcome, "EventAgeExceeded", duration);
        else
            _ = RetryLaterAsync(invocation, DelayAfter(invocation.Attempts));
    }

    /// <summary>True when the event waited too long for a process; then it has reached the failure destination.</summary>
    public bool DropIfTooOld(Invocation invocation)
    {
        if (!invocation.IsAsynchronous || Age(invocation) <= options.MaxEventAge) return false;
        Fail(invocation, AttemptOutcome.AgedOut(options.MaxEventAge), "EventAgeExceeded", TimeSpan.Zero);
        return true;
    }

    private TimeSpan Age(Invocation invocation) => time.GetUtcNow() - invocation.EnqueuedAt;

    private TimeSpan DelayAfter(int attempts) => options.RetryDelays is { Count: > 0 } delays
        ? delays[Math.Min(attempts, delays.Count) - 1]
        : TimeSpan.Zero;

    private async Task RetryLaterAsync(Invocation invocation, TimeSpan delay)
    {
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        queue.Ready(invocation);
    }

    private void Fail(Invocation invocation, AttemptOutcome outcome, string condition, TimeSpan duration)
    {
        var failure = FailedInvocation.Create(invocation, condition, functionArn, outcome.Payload, time.GetUtcNow());
        failures.Add(failure);
        // Before the end of this one, so that whoever waits for all waits for the letter, too.
        if (options.FailureQueue is { } queueArn)
            queue.Add(new Invocation(FailureLetter.Of(failure, queueArn), isAsynchronous: false, time.GetUtcNow()));
        Finish(invocation, outcome, duration);
    }

    private void Finish(Invocation invocation, AttemptOutcome outcome, TimeSpan duration)
    {
        var result = new InvocationResult
        {
            RequestId = invocation.RequestId,
            Payload = outcome.Payload,
            FunctionError = outcome.Succeeded ? null : "Unhandled",
            Attempts = invocation.Attempts,
            Duration = duration,
            IsAsynchronous = invocation.IsAsynchronous,
        };
        try
        {
            completed(result);
        }
        finally
        {
            queue.Close();
            invocation.Completion.TrySetResult(result);
        }
    }
}
