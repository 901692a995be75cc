using IdfKit.Cli.Aws;
using IdfKit.Drops;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>All that is looked at of a stack of the template, under a title each.</summary>
internal sealed class StackDoctor(AwsClient aws, string name)
{
    public async IAsyncEnumerable<(string Title, IReadOnlyList<Finding> Findings)> LookAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stack = new StackView(name);
        var (isThere, found) = await stack.ReadAsync(aws, cancellationToken);
        yield return ($"Stack {name}", found);
        if (!isThere) yield break;

        var function = new FunctionFindings(aws, stack);
        yield return ("Function", await function.LookAsync(cancellationToken));
        if (PlaceOf(stack, function) is not { } place)
            yield return ("Bucket", [Finding.Unseen("could not see which bucket is watched: "
                + "the stack's output BucketName names it; --bucket looks at one")]);
        else
        {
            var key = stack.Parameter("KmsKeyArn");
            var queue = stack.Resource("RunQueue") is { } url ? QueueArn(url, function.Arn) : null;
            var bucket = new BucketDoctor(aws, place) { Targets = [.. new[] { function.Arn, queue }.OfType<string>()], Key = key };
            yield return ($"Bucket {place.Bucket}", await bucket.LookAsync(cancellationToken));
            var roleKey = key is { Length: > 0 } ? key : null;
            if (function.RoleArn is { } role)
                yield return ("Role", await new RoleFindings(aws, role, place, roleKey).LookAsync(cancellationToken));
        }
        yield return ("Queues", await new QueueFindings(aws, stack, function.TimeoutSeconds, cancellationToken).LookAsync());
        yield return ("Limits", await new LimitFindings(aws, stack, cancellationToken).LookAsync());
        yield return ("Alarms", await AlarmFindings.LookAsync(aws, stack, cancellationToken));
    }

    /// <summary>By what the function has, since that is what runs; else by what the stack says.</summary>
    private static Place? PlaceOf(StackView stack, FunctionFindings function)
    {
        if (stack.Output("BucketName") is not { } bucket) return null;
        var defaults = new RunSettings();
        string Value(string variable, string parameter, string otherwise) =>
            (function.Variables ?? StackVariables.Of(stack)).GetValueOrDefault(variable) is { Length: > 0 } value ? value
                : stack.Parameter(parameter) is { Length: > 0 } asked ? asked : otherwise;
        return new Place(bucket, Value("IDFKIT_INPUT_PREFIX", "InputPrefix", defaults.InputPrefix),
            Value("IDFKIT_OUTPUT_BUCKET", "OutputBucket", bucket), Value("IDFKIT_OUTPUT_PREFIX", "OutputPrefix", defaults.OutputPrefix));
    }

    // https://sqs.eu-central-1.amazonaws.com/123456789012/name, in the function's region and account
    private static string? QueueArn(string url, string? functionArn) => functionArn?.Split(':') is { Length: > 4 } parts
        ? $"arn:{parts[1]}:sqs:{parts[3]}:{parts[4]}:{url.Split('/')[^1]}"
        : null;
}
