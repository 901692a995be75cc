namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

public class LambdaBootstrapOptions
{
    /// <summary>Host and port of the Runtime API; null means <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string? RuntimeApiEndpoint { get; set; }
}
