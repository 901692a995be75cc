using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace IdfKit.Storage.S3;

/// <summary>The SDK's client, which tells each of its tries of a request to the call that it belongs to.</summary>
internal sealed class ObservedS3Client(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerAfter<RetryHandler>(new Observer());
    }

    private sealed class Observer : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            if (executionContext.RequestContext.Retries > 0) StorageCall.Current?.TriesAgain();
            StorageCall.Current?.Requests();
            return base.InvokeAsync<T>(executionContext);
        }
    }
}
