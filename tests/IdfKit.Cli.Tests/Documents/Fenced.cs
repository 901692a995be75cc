using System.Text.RegularExpressions;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>
/// A fenced block. <c>sh</c> behind the fence: its commands are run by <see cref="CommandTests"/>. <c>sh aws</c> and
/// <c>sh containers</c>: they need an AWS account, or a container engine, and are not. A reader sees none of these words.
/// </summary>
internal sealed partial record Fenced(int Line, string Info, IReadOnlyList<string> Lines)
{
    public bool IsRun => Info == "sh";

    public bool NeedsAws => Info == "sh aws";

    public bool NeedsContainers => Info == "sh containers";

    /// <summary>Whether what is fenced says of itself that it is typed.</summary>
    public bool IsTyped => IsRun || NeedsAws || NeedsContainers;

    /// <summary>What is typed, one command each: without comments, continued lines joined.</summary>
    public IEnumerable<string> Commands()
    {
        var begun = "";
        foreach (var line in Lines.Select(line => Comment().Replace(line, "").TrimEnd()))
        {
            begun += line.TrimStart();
            if (begun.EndsWith('\\'))
            {
                begun = begun[..^1];
                continue;
            }
            if (begun.Length > 0) yield return begun;
            begun = "";
        }
    }

    /// <summary>A line that looks as if it were typed, though nothing says so; null: there is none.</summary>
    public string? LooksTyped() => Lines.FirstOrDefault(line => Program().IsMatch(line));

    [GeneratedRegex(@"(^|\s+)# .*$")]
    private static partial Regex Comment();

    private const string Programs = "idfkit|aws|sam|docker|podman|buildah|dotnet|git|curl|duckdb|python3?|pip|npm|cd|export|cp";

    [GeneratedRegex(@"^\s*(\$ )?(" + Programs + @"|\./\S+|eng/\S+) ")]
    private static partial Regex Program();
}
