namespace IdfKit.Cli.Doctor;

/// <summary>Looks at one part after the other, prints what it sees, and in the last line what is to be done.</summary>
internal static class Examination
{
    public static async Task<int> RunAsync(DoctorOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var (installations, working) = await EnergyPlusFindings.LookAsync(options.EnergyPlus, cancellationToken);
        var todo = Print(output, "EnergyPlus", installations);
        todo.AddRange(Print(output, "Engine host", await EngineHostFindings.LookAsync(options.EngineHost, working, cancellationToken)));
        todo.AddRange(Print(output, "Variables", VariableFindings.Look(Environment.GetEnvironmentVariables())));
        if (options.Bucket is { } bucket)
            todo.AddRange(Print(output, $"Bucket {bucket}", await BucketFindings.LookAsync(bucket, options.EndpointUrl, cancellationToken)));
        output.WriteLine(todo.Count == 0 ? "All is well." : "To do: " + string.Join("; ", todo.Distinct(StringComparer.Ordinal)) + ".");
        return todo.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static List<string> Print(TextWriter output, string title, IReadOnlyList<Finding> findings)
    {
        output.WriteLine(title);
        var width = findings.Max(finding => finding.Subject.Length);
        foreach (var (subject, answer, todo) in findings) output.WriteLine($"  {(todo is null ? "ok" : "--")}  {subject.PadRight(width)}  {answer}");
        output.WriteLine();
        return [.. findings.Select(finding => finding.ToDo).OfType<string>()];
    }
}
