using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Lambda;
using IdfKit.Lambda.Work;

// The function: environment into options, options into parts, parts into Lambda's loop; or into one run or the rows of a study, where the
// arguments ask for it.
CallerSecrets.Hide();
if (WorkCommand.IsMeant(args)) return await WorkCommand.RunAsync(args, Environment.GetEnvironmentVariables());
if (RunCommand.IsMeant(args, inLambda: Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is not null))
    return await RunCommand.RunAsync(args, Environment.GetEnvironmentVariables());

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
    Func<Stream, ILambdaContext, Task<Stream>> handle = handler.HandleAsync;
    await LambdaBootstrapBuilder.Create(handle).UseBootstrapHandler(function.WarmUpAsync).Build().RunAsync();
}
return 0;
