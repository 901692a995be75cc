using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3.Answers;

/// <summary>
/// Takes an answer in whole before the SDK reads it. The SDK disposes of an answer from the thread that cancels the request, while
/// another still reads it; its connection would then be read for the rest of that answer when it already carries the next one,
/// and the caller of that would wait in vain or be given another's. Only the content of an object is read as it comes, by
/// this library. A first try that only reads and stays without an answer is given up for another one.
/// </summary>
internal sealed class AnswerTaker(TimeSpan patience) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var request = (RequestContext)executionContext.RequestContext;
        var caller = request.CancellationToken;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(caller);
        if (request.Retries == 0 && request.Request.HttpMethod is "GET" or "HEAD") waiting.CancelAfter(patience);
        request.CancellationToken = waiting.Token;
        try
        {
            return await TakeAsync<T>(executionContext, waiting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (waiting.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new IOException("No answer came in time.", late);
        }
        finally
        {
            request.CancellationToken = caller;
        }
    }

    private async Task<T> TakeAsync<T>(IExecutionContext executionContext, CancellationToken cancellationToken)
        where T : AmazonWebServiceResponse, new()
    {
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            var response = executionContext.ResponseContext;
            if (executionContext.RequestContext.OriginalRequest is not GetObjectRequest)
                response.HttpResponse = await WholeAnswer.OfAsync(response.HttpResponse, cancellationToken).ConfigureAwait(false);
            return answer;
        }
        catch (HttpErrorResponseException error)
        {
            var whole = await WholeAnswer.OfAsync(error.Response, cancellationToken).ConfigureAwait(false);
            throw new HttpErrorResponseException(error.Message, error, whole);
        }
    }
}
