using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation by its headers, and the function by the environment that Lambda sets.</summary>
internal sealed class LambdaContext : ILambdaContext
{
    private readonly long _deadlineMs;

    private LambdaContext(
        string awsRequestId,
        long deadlineMs,
        string arn,
        string traceId,
        string tenantId,
        ILambdaLogger logger,
        ILambdaSerializer? serializer)
    {
        AwsRequestId = awsRequestId;
        _deadlineMs = deadlineMs;
        InvokedFunctionArn = arn;
        TraceId = traceId;
        TenantId = tenantId;
        Logger = logger;
        Serializer = serializer;
    }

    public string AwsRequestId { get; }

    public string InvokedFunctionArn { get; }

    public string TraceId { get; }

    public string TenantId { get; }

    public ILambdaLogger Logger { get; }

    public ILambdaSerializer? Serializer { get; }

    /// <summary>Only mobile SDKs send one, and the function is not theirs: the stand-in does not parse it.</summary>
    public IClientContext? ClientContext => null;

    public ICognitoIdentity? Identity => null;

    public string FunctionName => Variable("AWS_LAMBDA_FUNCTION_NAME");

    public string FunctionVersion => Variable("AWS_LAMBDA_FUNCTION_VERSION");

    public string LogGroupName => Variable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string LogStreamName => Variable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;

    public TimeSpan RemainingTime => TimeSpan.FromMilliseconds(_deadlineMs - DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    public static LambdaContext FromHeaders(HttpResponseHeaders headers, ILambdaLogger logger, ILambdaSerializer? serializer)
    {
        var requestId = Value(headers, "Lambda-Runtime-Aws-Request-Id");
        if (requestId.Length == 0)
            throw new InvalidOperationException(
                "The Runtime API sent an event without Lambda-Runtime-Aws-Request-Id, so it cannot be answered.");
        if (!long.TryParse(
            Value(headers, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var deadlineMs))
        {
            throw new InvalidOperationException(
                $"The Runtime API sent event {requestId} without a Lambda-Runtime-Deadline-Ms in milliseconds since 1970.");
        }
        return new LambdaContext(
            requestId,
            deadlineMs,
            Value(headers, "Lambda-Runtime-Invoked-Function-Arn"),
            Value(headers, "Lambda-Runtime-Trace-Id"),
            Value(headers, "Lambda-Runtime-Aws-Tenant-Id"),
            logger,
            serializer);
    }

    private static string Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : string.Empty;

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? string.Empty;
}
