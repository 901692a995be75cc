using System.CommandLine;
using System.Runtime.InteropServices;
using IdfKit.Cli;
using IdfKit.Cli.Dev;
using IdfKit.Function;
using IdfKit.Storage.S3.Credentials;

// Its other role: idfkit dev starts it so. Before anything of the tool is set up, whose answers to signals are not the function's.
if (args is [FunctionCommand.Role, .. var functionArguments]) return await FunctionProgram.RunAsync(functionArguments);
S3CredentialKinds.Keep();

var isTold = false;
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

RedirectedOutput.Use();
TerminalOutput.Use();
CleanErrors.Use();
try
{
    // '@@x@@=1' is a heading of a study, and '@a.idf' a model: no file of further arguments is read.
    var parsed = IdfkitCommand.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Errors.Count > 0)
    {
        WrongUsage.Say(parsed, Console.Error);
        return ExitCode.Usage;
    }
    // The commands end in their own time and with their own exit code when they are told to stop.
    var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
    return await parsed.InvokeAsync(configuration, stopping.Token);
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("idfkit: interrupted.");
    return ExitCode.Failure;
}
catch (OutputLostException lost)
{
    await Console.Error.WriteLineAsync($"idfkit: {lost.Message}");
    return ExitCode.Failure;
}

// The first signal asks the command to end, the second one ends it. But a terminal that is closed tells so twice, by its shell and by
// itself, and others may end what it leaves: that ends nothing at once.
void Stop(PosixSignalContext context)
{
    var isOfTerminal = context.Signal is PosixSignal.SIGHUP;
    context.Cancel = isOfTerminal || !isTold;
    isTold |= !isOfTerminal;
    stopping.Cancel();
}
