using TestBed;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>A page that users read, and what is fenced in it.</summary>
internal sealed class Page
{
    private const string Fence = "```";

    private Page(string name, IReadOnlyList<Fenced> fences, string prose) => (Name, Fences, Prose) = (name, fences, prose);

    /// <summary>All pages, by their paths in the repository.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. new[] { "docs", "examples", "src" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories))
            .Append(Repository.PathOf("README.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(name => !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public string Name { get; }

    public IReadOnlyList<Fenced> Fences { get; }

    /// <summary>The page without what is fenced.</summary>
    public string Prose { get; }

    public static Page Read(string name) => Of(name, File.ReadAllLines(Repository.PathOf(name)));

    public static Page Of(string name, IReadOnlyList<string> lines)
    {
        var fences = new List<Fenced>();
        var prose = new List<string>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                prose.Add(lines[at]);
                continue;
            }
            var begin = at++;
            while (at < lines.Count && lines[at] != Fence) at++;
            fences.Add(new(begin + 1, lines[begin][Fence.Length..].Trim(), [.. lines.Skip(begin + 1).Take(at - begin - 1)]));
        }
        return new(name, fences, string.Join('\n', prose));
    }
}
