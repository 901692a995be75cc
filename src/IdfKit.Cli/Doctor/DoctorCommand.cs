using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using IdfKit.Cli.Aws;
using IdfKit.Cli.Doctor.Cloud;
using IdfKit.Cli.Places;

namespace IdfKit.Cli.Doctor;

/// <summary><c>idfkit doctor</c>: what this machine, a bucket or a stack has and lacks for running models.</summary>
internal static class DoctorCommand
{
    private const string Help = """
        Says what this machine has for running models, and what is wrong: EnergyPlus and its libraries, idfkit-engine,
        what a confined run reaches, the function's IDFKIT_* variables. With --bucket or --stack it looks at those instead.

        --bucket NAME   tries conditional writes below the output prefix, and looks at events, versions, lifecycle,
                        encryption, public access, and what an absent object answers
        --stack NAME    the same of a deployed stack's bucket, and its function, role, queues, limits and alarms

        The AWS settings of this environment are used, AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_S3 included. What they may not
        see is said with the permission that it needs. Nothing is changed, except that a small object is written below the
        output prefix and removed. Values of credentials are never shown.

        Example: idfkit doctor --stack idfkit-lambda
        Every line begins with: ok; note; warning (works, and costs or fails later); unseen; PROBLEM.
        Exit codes: 0 no problem; 1 at least one line says PROBLEM; 2 wrong usage.
        """;

    public static Command Create()
    {
        var bucket = new Option<string?>("--bucket") { Description = "Look at this bucket.", HelpName = "NAME" };
        var stack = new Option<string?>("--stack") { Description = "Look at this stack of template.yaml.", HelpName = "NAME" };
        var inputs = new Option<string?>("--input-prefix")
        {
            Description = "With --bucket: where models are dropped. Otherwise IDFKIT_INPUT_PREFIX, else inputs/.", HelpName = "PREFIX"
        };
        var outputs = new Option<string?>("--output-prefix")
        {
            Description = "With --bucket: where results go. Otherwise IDFKIT_OUTPUT_PREFIX, else outputs/.", HelpName = "PREFIX"
        };
        var host = new Option<string?>("--engine-host") { Description = "The idfkit-engine to try. Otherwise "
            + "the one beside this tool, else artifacts/publish/idfkit-engine of the checkout.", HelpName = "PATH" };
        var json = PlaceArgument.Json();
        bucket.Validators.Add(result => Refuse(result, result.GetValueOrDefault<string?>(), CloudNames.AboutBucket));
        stack.Validators.Add(result => Refuse(result, result.GetValueOrDefault<string?>(), CloudNames.AboutStack));
        foreach (var prefix in (ReadOnlySpan<Option<string?>>)[inputs, outputs])
            prefix.Validators.Add(result => Refuse(result, result.GetValueOrDefault<string?>(), CloudNames.AboutPrefix));
        var command = new Command("doctor", Help) { bucket, stack, inputs, outputs, host, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(bucket) is not null && result.GetResult(stack) is not null)
                result.AddError("Give --bucket or --stack, not both: a stack names its own bucket.");
            else if (result.GetResult(bucket) is null && (result.GetResult(inputs) ?? result.GetResult(outputs)) is not null)
                result.AddError("--input-prefix and --output-prefix go with --bucket; a stack names its own.");
        });
        command.SetAction((parsed, cancellationToken) => (parsed.GetValue(bucket), parsed.GetValue(stack)) switch
        {
            ({ } name, _) => ExamineBucketAsync(
                name, parsed.GetValue(inputs), parsed.GetValue(outputs), new(parsed.GetValue(json)), cancellationToken),
            (_, { } name) => ExamineStackAsync(name, new(parsed.GetValue(json)), cancellationToken),
            _ => ExamineMachineAsync(parsed.GetValue(host), new(parsed.GetValue(json)), cancellationToken),
        });
        return command;
    }

    private static async Task<int> ExamineMachineAsync(string? host, Report report, CancellationToken cancellationToken)
    {
        var variables = Environment.GetEnvironmentVariables();
        var (installation, engines) = await EnergyPlusFindings.LookAsync(cancellationToken);
        report.Add("EnergyPlus", engines);
        report.Add("Engine host", [await EngineHostFindings.LookAsync(host, installation, cancellationToken)]);
        report.Add("Confinement", await ConfinementFindings.LookAsync(host, cancellationToken));
        var (options, settings) = SettingsFindings.Look(variables);
        report.Add("Function settings", settings);
        report.Add("S3", [CredentialFindings.Look(variables), .. await AskServerAsync(options?.S3Endpoint, cancellationToken),
            Finding.Note("no bucket was looked at; name one with --bucket, or a stack with --stack")]);
        return report.End();
    }

    private static async Task<int> ExamineBucketAsync(
        string bucket, string? inputs, string? outputs, Report report, CancellationToken cancellationToken)
    {
        var variables = Environment.GetEnvironmentVariables();
        if (inputs is not null) variables["IDFKIT_INPUT_PREFIX"] = inputs;
        if (outputs is not null) variables["IDFKIT_OUTPUT_PREFIX"] = outputs;
        var (options, settings) = SettingsFindings.Look(variables);
        report.Add("Function settings", settings);
        if (options is null) return report.End();
        await AskAwsAsync(variables, report, async aws =>
        {
            var place = new Cloud.Place(bucket, options.Runs.InputPrefix, options.Runs.OutputBucket ?? bucket, options.Runs.OutputPrefix);
            report.Add($"Bucket {bucket}", await new BucketDoctor(aws, place).LookAsync(cancellationToken));
        }, cancellationToken);
        return report.End();
    }

    private static async Task<int> ExamineStackAsync(string stack, Report report, CancellationToken cancellationToken)
    {
        await AskAwsAsync(Environment.GetEnvironmentVariables(), report, async aws =>
        {
            await foreach (var (title, findings) in new StackDoctor(aws, stack).LookAsync(cancellationToken)) report.Add(title, findings);
        }, cancellationToken);
        return report.End();
    }

    /// <summary>Goes on only with credentials, and at a server that answers.</summary>
    private static async Task AskAwsAsync(
        IDictionary variables, Report report, Func<AwsClient, Task> ask, CancellationToken cancellationToken)
    {
        using var http = AwsClient.NewHttp();
        AwsAccount account;
        try { account = await AwsAccount.OpenAsync(variables); }
        catch (AwsSetupException e)
        {
            report.Add("AWS", [Finding.Problem(e.Message)]);
            return;
        }
        IReadOnlyList<Finding> server = [CredentialFindings.Look(variables), .. await AskServerAsync(account.S3Server, cancellationToken)];
        report.Add("AWS", server);
        if (!server.Any(finding => finding.Level == FindingLevel.Problem)) await ask(new AwsClient(account, http));
    }

    private static async Task<IReadOnlyList<Finding>> AskServerAsync(Uri? server, CancellationToken cancellationToken) =>
        server is null ? [] : [await ServerFindings.AskAsync(server, cancellationToken)];

    private static void Refuse(OptionResult result, string? value, Func<string, string?> about)
    {
        if (value is { Length: > 0 } && about(value) is { } fault) result.AddError(fault);
    }
}
