using System.Text.Json;

namespace IdfKit.Cli.Doctor;

/// <summary>Prints findings as they come, or all at the end as JSON, and counts them.</summary>
internal sealed class Report(bool isJson)
{
    private readonly List<FoundAbout> _all = [];
    private int _problems, _unseen;

    public void Add(string title, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        _problems += findings.Count(finding => finding.Level == FindingLevel.Problem);
        _unseen += findings.Count(finding => finding.Level == FindingLevel.Unseen);
        _all.Add(new(title, [.. findings.Select(finding => new FoundLine(finding.Word.ToLowerInvariant(), finding.Line))]));
        if (isJson) return;
        Console.Out.WriteLine(title);
        foreach (var finding in findings) Console.Out.WriteLine(finding);
    }

    /// <summary>The last line, and the exit code.</summary>
    public int End()
    {
        var found = _problems switch { 0 => "No problem found", 1 => "1 problem found", _ => $"{_problems} problems found" };
        var unseen = _unseen switch { 0 => "", 1 => "; 1 thing could not be seen", _ => $"; {_unseen} things could not be seen" };
        Console.Out.WriteLine(isJson
            ? JsonSerializer.Serialize(new DoctorAsJson(_problems, _unseen, _all), DoctorJson.Readable.DoctorAsJson)
            : $"{found}{unseen}.");
        return _problems == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
