using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

// Handlers that answer with a stream.
public partial class HandlerWrapper
{
    public static HandlerWrapper GetHandlerWrapper(Func<Task<Stream>> handler) => Streaming(_ => handler());

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task<Stream>> handler) =>
        Streaming(call => handler(call.InputStream));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, Task<Stream>> handler, ILambdaSerializer serializer) =>
        Streaming(call => handler(Read<TInput>(call, serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task<Stream>> handler) =>
        Streaming(call => handler(call.LambdaContext));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        Streaming(call => handler(call.InputStream, call.LambdaContext));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        Streaming(call => handler(Read<TInput>(call, serializer), call.LambdaContext), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<Stream> handler) => Streaming(_ => Task.FromResult(handler()));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Stream> handler) =>
        Streaming(call => Task.FromResult(handler(call.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, Stream> handler, ILambdaSerializer serializer) =>
        Streaming(call => Task.FromResult(handler(Read<TInput>(call, serializer))), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Stream> handler) =>
        Streaming(call => Task.FromResult(handler(call.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Stream> handler) =>
        Streaming(call => Task.FromResult(handler(call.InputStream, call.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, ILambdaContext, Stream> handler, ILambdaSerializer serializer) =>
        Streaming(call => Task.FromResult(handler(Read<TInput>(call, serializer), call.LambdaContext)), serializer);
}
