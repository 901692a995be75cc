using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A handler of the caller's shape as the one shape that the loop calls.</summary>
public partial class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler, ILambdaSerializer? serializer)
    {
        Handler = handler;
        Serializer = serializer;
    }

    public LambdaBootstrapHandler Handler { get; }

    /// <summary>What the context of each invocation shows.</summary>
    internal ILambdaSerializer? Serializer { get; }

    /// <summary>The handler writes its answer into the stream that it is given.</summary>
    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext, MemoryStream> invokeDelegate) => Streaming(call =>
    {
        var output = new MemoryStream();
        invokeDelegate(call.InputStream, call.LambdaContext, output);
        output.Position = 0;
        return Task.FromResult<Stream>(output);
    });

    public void Dispose() => GC.SuppressFinalize(this);

    private static HandlerWrapper Silent(Func<InvocationRequest, Task> handler, ILambdaSerializer? serializer = null) =>
        new(async call =>
        {
            await handler(call).ConfigureAwait(false);
            return new InvocationResponse(Stream.Null, disposeOutputStream: false);
        }, serializer);

    private static HandlerWrapper Streaming(Func<InvocationRequest, Task<Stream>> handler, ILambdaSerializer? serializer = null) =>
        new(async call => new InvocationResponse(await handler(call).ConfigureAwait(false)), serializer);

    private static HandlerWrapper Writing<T>(Func<InvocationRequest, Task<T>> handler, ILambdaSerializer serializer) =>
        Streaming(async call =>
        {
            var answer = await handler(call).ConfigureAwait(false);
            var output = new MemoryStream();
            serializer.Serialize(answer, output);
            output.Position = 0;
            return output;
        }, serializer);

    private static T Read<T>(InvocationRequest call, ILambdaSerializer serializer) => serializer.Deserialize<T>(call.InputStream);

    private static Task Done(Action handler)
    {
        handler();
        return Task.CompletedTask;
    }
}
