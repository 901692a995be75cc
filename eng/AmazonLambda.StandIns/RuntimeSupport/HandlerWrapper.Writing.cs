using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

// Handlers whose answer the serializer writes.
public partial class HandlerWrapper
{
    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(_ => handler(), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(call => handler(call.InputStream), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(call => handler(Read<TInput>(call, serializer)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(call => handler(call.LambdaContext), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(call => handler(call.InputStream, call.LambdaContext), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        Writing(call => handler(Read<TInput>(call, serializer), call.LambdaContext), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(Func<TOutput> handler, ILambdaSerializer serializer) =>
        Writing(_ => Task.FromResult(handler()), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, TOutput> handler, ILambdaSerializer serializer) =>
        Writing(call => Task.FromResult(handler(call.InputStream)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, TOutput> handler, ILambdaSerializer serializer) =>
        Writing(call => Task.FromResult(handler(Read<TInput>(call, serializer))), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Writing(call => Task.FromResult(handler(call.LambdaContext)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TOutput>(
        Func<Stream, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Writing(call => Task.FromResult(handler(call.InputStream, call.LambdaContext)), serializer);

    public static HandlerWrapper GetHandlerWrapper<TInput, TOutput>(
        Func<TInput, ILambdaContext, TOutput> handler, ILambdaSerializer serializer) =>
        Writing(call => Task.FromResult(handler(Read<TInput>(call, serializer), call.LambdaContext)), serializer);
}
