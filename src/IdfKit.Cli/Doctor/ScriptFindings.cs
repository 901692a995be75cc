using System.ComponentModel;
using System.Diagnostics;

namespace IdfKit.Cli.Doctor;

/// <summary>What <c>eng/energyplus.sh</c> of the checkout says of the ways to an EnergyPlus; it looks, and changes nothing.</summary>
internal static class ScriptFindings
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>A note for each way; empty outside a checkout, and where the script cannot run.</summary>
    public static async Task<IReadOnlyList<Finding>> LookAsync(string toolFolder, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows()) return [];
        if (Checkout.PathOf(toolFolder, "eng", "energyplus.sh") is not { } script || !File.Exists(script)) return [];
        var start = new ProcessStartInfo("bash", [script, "--look"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Longest);
            using var process = Process.Start(start)!;
            await using var ending = deadline.Token.Register(() => Kill(process));
            var found = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var said = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0) return [Finding.Note($"eng/energyplus.sh finds the one in {(await found).Trim()}")];
            var notes = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Finding.Note);
            return [.. notes, Finding.Note($"{script} gets one where it can, and says why not where it cannot")];
        }
        catch (Win32Exception) { return []; } // no bash here
    }

    private static void Kill(Process process)
    {
        try { process.Kill(entireProcessTree: true); }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException) { return; } // by itself
    }
}
