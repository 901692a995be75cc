using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Function.Work;

namespace IdfKit.Function;

/// <summary>The function's main, for the programs that are the function: Lambda's <c>bootstrap</c>, and the tool in that role.</summary>
public static class FunctionProgram
{
    /// <summary>Environment into options, options into parts, parts into Lambda's loop; or into one run or the rows of a study, if
    /// the arguments say so.</summary>
    /// <param name="arguments">The program's own, without its name.</param>
    /// <returns>The exit code. Lambda's loop ends with its process, or when the function cannot start.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CallerSecrets.Hide();
        if (WorkCommand.IsMeant(arguments)) return await WorkCommand.RunAsync(arguments, Environment.GetEnvironmentVariables());
        if (RunCommand.IsMeant(arguments, inLambda: Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not null))
            return await RunCommand.RunAsync(arguments, Environment.GetEnvironmentVariables());

        var log = JsonLog.ToStandardOutput();
        FunctionOptions options;
        Function function;
        try
        {
            options = FunctionOptions.FromEnvironment(Environment.GetEnvironmentVariables());
            function = Function.Create(options, warmHosts: 1, log);
        }
        catch (Exception e) when (e is FunctionStartException or EnergyPlusException or ArgumentException)
        {
            log.Error($"The function cannot start: {e.Message}");
            // Typed: Create has 37 overloads, and a lambda that only throws fits several.
            Func<Stream, ILambdaContext, Task<Stream>> refuse = (_, _) => throw e;
            await LambdaBootstrapBuilder.Create(refuse).UseBootstrapHandler(() => throw e).Build().RunAsync();
            return 1;
        }

        await using (function)
        {
            var handler = new FunctionHandler(
                function.Dispatcher, log, TimeProvider.System, function.Concurrency, options.FailureQueue);
            function.WarmUp(); // while Lambda's start-up, which is not billed twice, is still going on
            Func<Stream, ILambdaContext, Task<Stream>> handle = HandleAsync;
            await LambdaBootstrapBuilder.Create(handle).Build().RunAsync();

            async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
            {
                try { return await handler.HandleAsync(input, context); }
                finally { function.WarmUp(); } // goes on while this event is answered and the next one awaited
            }
        }
        return 0;
    }
}
