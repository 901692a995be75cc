using System.CommandLine;
using System.Runtime.InteropServices;
using IdfKit.Cli;
using IdfKit.Cli.Check;
using IdfKit.Cli.Collect;
using IdfKit.Cli.Dev;
using IdfKit.Cli.Doctor;
using IdfKit.Cli.Show;
using IdfKit.Cli.Studies;

var root = new RootCommand("Simulates EnergyPlus models that are dropped into a bucket.")
{
    DevCommand.Create(), CheckCommand.Create(), ShowCommand.Create(), CollectCommand.Create(),
    StudyCommand.Create(), DoctorCommand.Create(),
};
using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

var parsed = root.Parse(args);
// The commands end in their own time and with their own exit code when they are told to stop.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
RedirectedOutput.Use();
if (WrongUsage.Of(parsed) is { } wrong)
{
    await Console.Error.WriteLineAsync(wrong);
    return ExitCode.Usage;
}
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
    // Who asks twice does not want to wait.
    if (stopping.IsCancellationRequested) Environment.Exit(ExitCode.Failure);
    stopping.Cancel();
}
