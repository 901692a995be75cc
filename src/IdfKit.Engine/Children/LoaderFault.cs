namespace IdfKit.Engine.Children;

/// <summary>Why the system's loader did not start a program of EnergyPlus; the program itself never ran.</summary>
/// <param name="Sentence">The loader's own line.</param>
/// <param name="Library">The shared library that is missing ("libX11.so.6"); null when something else is wrong.</param>
internal sealed record LoaderFault(string Sentence, string? Library)
{
    private const string NeedsGlibc =
        "the official EnergyPlus is built for glibc 2.34 or newer, as Debian 12, Ubuntu 22.04 and Fedora 35 have it";

    // Of glibc (error while loading …), of musl (Error loading …, Error relocating …) and of macOS (dyld).
    private static readonly string[] Marks =
    [
        "error while loading shared libraries: ", "symbol lookup error: ",
        "Error loading shared library ", "Error relocating ", "Library not loaded: ",
    ];

    // A bound of memory, which says nothing of the installation.
    private static readonly string[] Refusals = [
        "failed to map segment", "annot allocate memory", "cannot create shared object descriptor"
    ];

    /// <summary>What stands in the output of a program, or in an answer of dlopen; null when there is no such line.</summary>
    public static LoaderFault? In(string output) =>
        output.Split('\n', StringSplitOptions.TrimEntries).Select(Of).FirstOrDefault(fault => fault is not null);

    /// <summary>Whether a loader that found everything was refused memory.</summary>
    public static bool IsLackOfMemory(string output) =>
        output.Split('\n').Any(line => Marks.Any(line.Contains) && Refusals.Any(line.Contains));

    /// <summary>What to do on this machine: one sentence without its full stop.</summary>
    public string Advice() => this switch
    {
        { Library: { } library } => SystemPackages.AdviceFor(library),
        _ when IsOfAnotherVersion(Sentence) || Sentence.StartsWith("Error relocating", StringComparison.Ordinal) =>
            $"this system's own libraries are too old or others: {NeedsGlibc}",
        _ => "install EnergyPlus again",
    };

    private static LoaderFault? Of(string line)
    {
        if (Refusals.Any(line.Contains)) return null;
        if (IsOfAnotherVersion(line)) return new(line, null);
        const string CannotOpen = ": cannot open shared object file";
        var mark = Marks.FirstOrDefault(line.Contains);
        if (mark is null && !line.Contains(CannotOpen, StringComparison.Ordinal)) return null;
        var rest = mark is null ? line : line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        return new(line, IsMissing(line) ? Path.GetFileName(rest.Split([':', ' '])[0]) : null);
    }

    private static bool IsOfAnotherVersion(string line) =>
        line.Contains(": version `", StringComparison.Ordinal) && line.Contains("not found (required by", StringComparison.Ordinal);

    private static bool IsMissing(string line) =>
        line.Contains("No such file or directory", StringComparison.Ordinal)
            || line.Contains("Library not loaded", StringComparison.Ordinal);
}
