using System.Collections;
using System.CommandLine;

namespace IdfKit.Cli.Doctor;

/// <summary><c>idfkit doctor</c>: what this machine has and lacks for running models.</summary>
internal static class DoctorCommand
{
    private const string Help = """
        Says what this machine has for running models, and what is wrong: EnergyPlus and its libraries, idfkit-engine,
        the function's IDFKIT_* variables, S3.

        Nothing is changed, except that with --bucket a small object is written below the output prefix, read and removed.
        Values of credentials are never shown.

        Exit codes: 0 no problem; 1 at least one line says PROBLEM; 2 wrong usage.
        """;

    public static Command Create()
    {
        var bucket = new Option<string?>("--bucket")
        {
            Description = "Try to list the inputs of this bucket, and to write and read below its output prefix.",
            HelpName = "NAME"
        };
        var host = new Option<string?>("--engine-host") { Description = "The idfkit-engine to try. Otherwise "
            + "the one beside this tool, else artifacts/publish/idfkit-engine of the checkout.", HelpName = "PATH" };
        var command = new Command("doctor", Help) { bucket, host };
        command.SetAction((parsed, cancellationToken) => ExamineAsync(parsed.GetValue(bucket), parsed.GetValue(host), cancellationToken));
        return command;
    }

    private static async Task<int> ExamineAsync(string? bucket, string? host, CancellationToken cancellationToken)
    {
        var variables = Environment.GetEnvironmentVariables();
        var (installation, engines) = await EnergyPlusFindings.LookAsync(cancellationToken);
        var problems = Print("EnergyPlus", engines);
        problems += Print("Engine host", [await EngineHostFindings.LookAsync(host, installation, cancellationToken)]);
        var (options, settings) = SettingsFindings.Look(variables);
        problems += Print("Function settings", settings);
        problems += Print("S3", await LookAtStorageAsync(variables, options, bucket, cancellationToken));
        Console.Out.WriteLine(problems == 0 ? "No problem found." : problems == 1 ? "1 problem found." : $"{problems} problems found.");
        return problems == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<IReadOnlyList<Finding>> LookAtStorageAsync(
        IDictionary variables, Drops.FunctionOptions? options, string? bucket, CancellationToken cancellationToken)
    {
        List<Finding> findings = [CredentialFindings.Look(variables, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))];
        if (options is null) return [.. findings, Finding.Note("not tried, because the settings above cannot be used")];
        if (options.S3Endpoint is { } endpoint) findings.Add(await StorageFindings.AskAsync(endpoint, cancellationToken));
        if (bucket is null) findings.Add(Finding.Note("no bucket was tried; name one with --bucket"));
        else findings.AddRange(await StorageFindings.TryAsync(bucket, options.S3Endpoint, options.Runs, cancellationToken));
        return findings;
    }

    private static int Print(string title, IReadOnlyList<Finding> findings)
    {
        Console.Out.WriteLine(title);
        foreach (var finding in findings) Console.Out.WriteLine(finding);
        return findings.Count(finding => finding.Level == FindingLevel.Problem);
    }
}
