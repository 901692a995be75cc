using System.CommandLine;

namespace IdfKit.Cli.Doctor;

/// <summary><c>idfkit doctor</c>: its arguments and its help.</summary>
internal static class DoctorCommand
{
    private const string Help = """
        Looks at EnergyPlus, at idfkit-engine, at the IDFKIT_* variables of this environment and, with --bucket, at a bucket, and says what is wrong and what to do.

        A bucket is tried with the AWS settings of this environment; one small object is written below its outputs and removed again. No credential is ever printed.

        Exit codes: 0 all is well; 1 something is to be done, and the last line says what; 2 wrong usage.
        """;

    public static Command Create()
    {
        var energyPlus = new Option<string?>("--energyplus") { Description = "The folder of EnergyPlus. Otherwise every place is looked at where EnergyPlus is found by itself.", HelpName = "PATH" };
        var engine = new Option<string?>("--engine") { Description = "The program idfkit-engine. Otherwise the one beside this tool, if there is one.", HelpName = "PATH" };
        var bucket = new Option<string?>("--bucket") { Description = "A bucket whose inputs can be listed and read and whose outputs can be written.", HelpName = "NAME" };
        var endpoint = new Option<Uri?>("--endpoint-url")
        {
            Description = "An S3-compatible server. Otherwise AWS_ENDPOINT_URL_S3, else Amazon's.",
            HelpName = "URL",
            CustomParser = argument => Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : Refuse(argument),
        };
        var command = new Command("doctor", Help) { energyPlus, engine, bucket, endpoint };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new DoctorOptions
            {
                EnergyPlus = parsed.GetValue(energyPlus),
                EngineHost = parsed.GetValue(engine),
                Bucket = parsed.GetValue(bucket),
                EndpointUrl = parsed.GetValue(endpoint),
            };
            try { return await Examination.RunAsync(options, Console.Out, cancellationToken); }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { return ExitCode.Failure; } // told to stop
        });
        return command;
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult argument)
    {
        argument.AddError("--endpoint-url must be an http or https URL.");
        return null;
    }
}
