using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using IdfKit.Storage.S3.Answers;

namespace IdfKit.Storage.S3;

/// <summary>
/// The SDK's client, which tells each of its tries of a request to the call that it belongs to, and takes each answer in before
/// the SDK reads it.
/// </summary>
internal sealed class ObservedS3Client(AWSCredentials credentials, AmazonS3Config config, TimeSpan budget)
    : AmazonS3Client(credentials, config)
{
    private readonly TimeSpan _patience = Patience.Of(budget); // set before the base builds the pipeline

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerBefore<HttpHandler<HttpContent>>(new AnswerTaker(_patience));
        pipeline.AddHandlerBefore<HttpHandler<HttpContent>>(new Observer());
    }

    /// <summary>Stands last, so that what is cancelled before it goes out does not count.</summary>
    private sealed class Observer : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            ((RequestContext)executionContext.RequestContext).CancellationToken.ThrowIfCancellationRequested();
            if (executionContext.RequestContext.Retries > 0) StorageCall.Current?.TriesAgain();
            StorageCall.Current?.Requests(S3Requests.KindOf(executionContext.RequestContext.OriginalRequest));
            return base.InvokeAsync<T>(executionContext);
        }
    }
}
