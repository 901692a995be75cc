using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A handler of the caller's shape as the one shape that the loop calls.</summary>
public class HandlerWrapper : IDisposable
{
    private HandlerWrapper(LambdaBootstrapHandler handler) => Handler = handler;

    public LambdaBootstrapHandler Handler { get; }

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) => new(async invocation =>
    {
        await handler(invocation.InputStream).ConfigureAwait(false);
        return Nothing();
    });

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) => new(async invocation =>
    {
        await handler(invocation.InputStream, invocation.LambdaContext).ConfigureAwait(false);
        return Nothing();
    });

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) => new(async invocation =>
        new InvocationResponse(await handler(invocation.InputStream).ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) => new(async invocation =>
        new InvocationResponse(await handler(invocation.InputStream, invocation.LambdaContext).ConfigureAwait(false)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) => new(async invocation =>
    {
        await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext).ConfigureAwait(false);
        return Nothing();
    });

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) => new(async invocation =>
        Written(await handler(serializer.Deserialize<TInput>(invocation.InputStream)).ConfigureAwait(false), serializer));

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) => new(
        async invocation => Written(
            await handler(serializer.Deserialize<TInput>(invocation.InputStream), invocation.LambdaContext).ConfigureAwait(false),
            serializer));

    public void Dispose() => GC.SuppressFinalize(this);

    private static InvocationResponse Nothing() => new(Stream.Null, disposeOutputStream: false);

    private static InvocationResponse Written<T>(T output, ILambdaSerializer serializer)
    {
        var stream = new MemoryStream();
        serializer.Serialize(output, stream);
        stream.Position = 0;
        return new InvocationResponse(stream);
    }
}
