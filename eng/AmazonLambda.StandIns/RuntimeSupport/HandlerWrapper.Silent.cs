using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

// Handlers without an answer.
public partial class HandlerWrapper
{
    public static HandlerWrapper GetHandlerWrapper(Func<Task> handler) => Silent(_ => handler());

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, Task> handler) =>
        Silent(call => handler(call.InputStream));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Func<TInput, Task> handler, ILambdaSerializer serializer) =>
        Silent(call => handler(Read<TInput>(call, serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper(Func<ILambdaContext, Task> handler) =>
        Silent(call => handler(call.LambdaContext));

    public static HandlerWrapper GetHandlerWrapper(Func<Stream, ILambdaContext, Task> handler) =>
        Silent(call => handler(call.InputStream, call.LambdaContext));

    public static HandlerWrapper GetHandlerWrapper<TInput>(
        Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer) =>
        Silent(call => handler(Read<TInput>(call, serializer), call.LambdaContext), serializer);

    public static HandlerWrapper GetHandlerWrapper(Action handler) => Silent(_ => Done(handler));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream> handler) =>
        Silent(call => Done(() => handler(call.InputStream)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput> handler, ILambdaSerializer serializer) =>
        Silent(call => Done(() => handler(Read<TInput>(call, serializer))), serializer);

    public static HandlerWrapper GetHandlerWrapper(Action<ILambdaContext> handler) =>
        Silent(call => Done(() => handler(call.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper(Action<Stream, ILambdaContext> handler) =>
        Silent(call => Done(() => handler(call.InputStream, call.LambdaContext)));

    public static HandlerWrapper GetHandlerWrapper<TInput>(Action<TInput, ILambdaContext> handler, ILambdaSerializer serializer) =>
        Silent(call => Done(() => handler(Read<TInput>(call, serializer), call.LambdaContext)), serializer);
}
