using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children;

/// <summary>Why the kernel did not start a program, in words that help.</summary>
internal static class StartFault
{
    private const int NotThere = 2, WrongFormat = 8, Forbidden = 13, WrongProcessor = 86; // ENOENT, ENOEXEC, EACCES; EBADARCH of macOS

    // What the C library calls them in English, the language of idfkit-engine.
    private static readonly (int Error, string Words)[] Errors =
        [(NotThere, "No such file or directory"), (WrongFormat, "Exec format error"), (Forbidden, "Permission denied")];

    /// <summary>What to do, as a sentence; null when the failure says nothing about the program.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="error">The kernel's number.</param>
    public static string? Advice(string program, int error) => error switch
    {
        NotThere when !File.Exists(program) => "There is no such program; install EnergyPlus again.",
        NotThere when IsScript(program) => "It is a script whose interpreter is not on this system; install that.",
        NotThere => "The loader that it names is not on this system: the official EnergyPlus is built for "
            + "glibc, which Alpine does not have. "
            + "Use a system or container with glibc, such as Debian.",
        WrongFormat or WrongProcessor => "It is no program for this machine "
            + $"({RuntimeInformation.RuntimeIdentifier}); install the EnergyPlus that is made for it.",
        Forbidden => $"It may not be executed; run chmod +x {program}, and see that its file system is not mounted noexec.",
        _ => null,
    };

    /// <summary>The same for a refusal of <c>idfkit-engine</c> ("idfkit-engine: starting … failed: Exec format error.").</summary>
    public static string? Advice(string program, string refusal) =>
        Errors.FirstOrDefault(known => refusal.TrimEnd().EndsWith($" failed: {known.Words}.", StringComparison.Ordinal)) is { Error: > 0
            and var error }
            ? Advice(program, error) : null;

    private static bool IsScript(string program)
    {
        Span<byte> start = stackalloc byte[2];
        try
        {
            using var file = File.OpenHandle(program);
            return RandomAccess.Read(file, start, 0) == 2 && start.SequenceEqual("#!"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; } // then nothing more is known of it
    }
}
