using Amazon.Lambda.Core;

namespace Amazon.Lambda.TestUtilities;

public class TestLambdaContext : ILambdaContext
{
    public string AwsRequestId { get; set; } = string.Empty;
    public IClientContext? ClientContext { get; set; }
    public string FunctionName { get; set; } = string.Empty;
    public string FunctionVersion { get; set; } = string.Empty;
    public ICognitoIdentity? Identity { get; set; }
    public string InvokedFunctionArn { get; set; } = string.Empty;
    public ILambdaLogger Logger { get; set; } = new TestLambdaLogger();
    public string LogGroupName { get; set; } = string.Empty;
    public string LogStreamName { get; set; } = string.Empty;
    public int MemoryLimitInMB { get; set; }
    public TimeSpan RemainingTime { get; set; }
    public string TenantId { get; set; } = string.Empty;
    public string TraceId { get; set; } = string.Empty;
    public ILambdaSerializer? Serializer { get; set; }
}
