using IdfKit.Engine.Children;

namespace IdfKit.Engine.Running;

/// <summary>What the last output of a run tells of its end, beside how its process exited.</summary>
/// <param name="exit">How the process exited.</param>
/// <param name="tail">The last few kilobytes that it printed.</param>
internal sealed class LastWords(ChildExit exit, string tail)
{
    /// <inheritdoc cref="EngineRun.HelperFault"/>
    public string? HelperFault =>
        LoaderFault.In(tail) is { } fault ? $"A program that EnergyPlus started did not run: {fault.Sentence}; {fault.Advice()}." : null;

    /// <inheritdoc cref="EngineRun.RefusedCall"/>
    public string? RefusedCall
    {
        get
        {
            const int BadSystemCall = 31; // SIGSYS
            const string Mark = "idfkit-engine: refused the system call "; // IdfKit.Engine.Host/RefusedCall.cs
            if (exit.Signal != BadSystemCall) return null;
            var line = tail.Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
            return line is null ? "" : OneLine.Of(line[Mark.Length..].TrimEnd('.'), 30);
        }
    }

    /// <inheritdoc cref="EngineRun.WasRefusedMemory"/>
    public bool WasRefusedMemory =>
        tail.Contains("bad_alloc", StringComparison.Ordinal) || LoaderFault.IsLackOfMemory(tail)
        || tail.Split('\n', StringSplitOptions.TrimEntries).Contains("Out of memory."); // the runtime of idfkit-engine, as it aborts

    /// <exception cref="EnergyPlusException">Broken or CannotStart: EnergyPlus did not run at all.</exception>
    public void ThrowIfItNeverRan(EnergyPlusInstallation installation)
    {
        const int RefusedByEngineHost = 125; // IdfKit.Engine.Host/Exits.cs
        var subject = $"EnergyPlus {installation.Version} in {installation.Directory}";
        if (LoaderFault.In(tail) is { } fault)
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken, $"{subject} does not run: {fault.Sentence}; {fault.Advice()}.");
        if (exit.ExitCode != RefusedByEngineHost || !tail.StartsWith("idfkit-engine: ", StringComparison.Ordinal)) return;
        if (StartFault.Advice(installation.ExecutablePath, tail) is { } advice)
            throw new EnergyPlusException(EnergyPlusErrorKind.Broken, $"{subject} does not run: {tail.Trim()} {advice}");
        throw new EnergyPlusException(EnergyPlusErrorKind.CannotStart, $"Starting {subject} failed: {tail.Trim()}");
    }
}
