using IdfKit.Engine.Children;

namespace IdfKit.Engine;

/// <summary>Whether an EnergyPlus really runs on this machine, tried.</summary>
/// <param name="Runs">Whether <c>energyplus --version</c> ended well.</param>
/// <param name="Answer">Its first line ("EnergyPlus, Version 25.2.0-cf7368216c, …"), or what was printed instead; may be empty.</param>
/// <param name="MissingLibraries">Names of shared libraries that the loader does not find ("libX11.so.6"). Linux only,
/// elsewhere empty.</param>
public sealed record InstallationCheck(bool Runs, string Answer, IReadOnlyList<string> MissingLibraries)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>What to do about it on this machine, each a sentence; empty when nothing is wrong, or nothing is known.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>Runs the program twice: for its version (0.16 s), and for what the loader finds (a few milliseconds).</summary>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static async Task<InstallationCheck> RunAsync(EnergyPlusInstallation installation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(installation);
        var missing = OperatingSystem.IsLinux() && !installation.IsReplay
            ? await MissingAsync(installation, cancellationToken).ConfigureAwait(false)
            : [];
        try
        {
            var (exit, text) = await AskAsync(installation, ["--version"], [], cancellationToken).ConfigureAwait(false);
            return new(exit.ExitCode is 0, FirstLine(text), missing) { Advice = AdviceFor(
                missing, exit.ExitCode is 0 ? null : LoaderFault.In(text)) };
        }
        catch (EnergyPlusException e)
        {
            return new(false, e.Message, missing) { Advice = AdviceFor(missing, null) };
        }
    }

    private static IReadOnlyList<string> AdviceFor(IReadOnlyList<string> missing, LoaderFault? fault) =>
        [.. (missing.Count > 0 ? missing.Select(library => $"{library}: {SystemPackages.AdviceFor(library)}.")
            : fault is null ? [] : [$"{fault.Advice()}."]).Distinct()];

    /// <summary>
    /// With this variable glibc's loader lists what it would load and does not start the program (ld.so(8)); ldd does
    /// the same.
    /// </summary>
    private static async Task<IReadOnlyList<string>> MissingAsync(EnergyPlusInstallation installation, CancellationToken cancellationToken)
    {
        try
        {
            var (_, text) =
                await AskAsync(installation, [], [new("LD_TRACE_LOADED_OBJECTS", "1")], cancellationToken).ConfigureAwait(false);
            return [.. text.Split('\n', StringSplitOptions.TrimEntries)
                .Where(line => line.EndsWith("=> not found", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[0])];
        }
        catch (EnergyPlusException) { return []; } // not a program at all; asking for the version tells why
    }

    private static async Task<(ChildExit Exit, string Text)> AskAsync(
        EnergyPlusInstallation installation, IReadOnlyList<string> arguments,
        IReadOnlyList<KeyValuePair<string, string>> variables, CancellationToken cancellationToken) =>
        await Tool.RunAsync(installation.ExecutablePath, arguments, installation.Directory, Longest, cancellationToken,
            [.. ChildEnvironment.Waiting, .. variables]).ConfigureAwait(false)
            ?? (default, $"it did not answer within {Longest.TotalSeconds:0} s");

    private static string FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
}
