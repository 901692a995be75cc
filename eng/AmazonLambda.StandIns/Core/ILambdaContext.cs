namespace Amazon.Lambda.Core;

/// <summary>
/// What Lambda says about one invocation. <see cref="ClientContext"/> and <see cref="Identity"/> are null outside
/// mobile calls.
/// </summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }
    IClientContext? ClientContext { get; }
    string FunctionName { get; }
    string FunctionVersion { get; }
    ICognitoIdentity? Identity { get; }
    string InvokedFunctionArn { get; }
    ILambdaLogger Logger { get; }
    string LogGroupName { get; }
    string LogStreamName { get; }
    int MemoryLimitInMB { get; }
    TimeSpan RemainingTime { get; }
    string TenantId => string.Empty;
    string TraceId => string.Empty;
    ILambdaSerializer? Serializer => null;
}
