using System.CommandLine;
using System.Runtime.InteropServices;
using IdfKit.Cli;
using IdfKit.Cli.Check;
using IdfKit.Cli.Collect;
using IdfKit.Cli.Completion;
using IdfKit.Cli.Dev;
using IdfKit.Cli.Doctor;
using IdfKit.Cli.Estimate;
using IdfKit.Cli.Show;
using IdfKit.Cli.Studies;
using IdfKit.Function;
using IdfKit.Storage.S3.Credentials;

// Its other role: idfkit dev starts it so. Before anything of the tool is set up, whose answers to signals are not the function's.
if (args is [FunctionCommand.Role, .. var functionArguments]) return await FunctionProgram.RunAsync(functionArguments);
S3CredentialKinds.Keep();

var root = new RootCommand("Simulates EnergyPlus models that are dropped into a bucket.")
{
    DevCommand.Create(), CheckCommand.Create(), ShowCommand.Create(), CollectCommand.Create(),
    StudyCommand.Create(), DoctorCommand.Create(), EstimateCommand.Create(), CompletionCommand.Create(),
};
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

var parsed = root.Parse(args);
// The commands end in their own time and with their own exit code when they are told to stop.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
RedirectedOutput.Use();
try
{
    var exitCode = await parsed.InvokeAsync(configuration, stopping.Token);
    return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
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

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}
