namespace IdfKit.Cli.Doctor;

/// <summary>Prints findings as they come, and counts them.</summary>
internal sealed class Report
{
    private int _problems, _unseen;

    public void Add(string title, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        Console.Out.WriteLine(title);
        foreach (var finding in findings) Console.Out.WriteLine(finding);
        _problems += findings.Count(finding => finding.Level == FindingLevel.Problem);
        _unseen += findings.Count(finding => finding.Level == FindingLevel.Unseen);
    }

    /// <summary>The last line, and the exit code.</summary>
    public int End()
    {
        var found = _problems switch { 0 => "No problem found", 1 => "1 problem found", _ => $"{_problems} problems found" };
        var unseen = _unseen switch { 0 => "", 1 => "; 1 thing could not be seen", _ => $"; {_unseen} things could not be seen" };
        Console.Out.WriteLine($"{found}{unseen}.");
        return _problems == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
