using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>Loads EnergyPlus, says that it is ready, takes one job, runs it, and ends with its exit code.</summary>
internal static class HostCommand
{
    public static int Run(Bounds bounds, string folder)
    {
        bounds.Apply();
        bounds.ApplyMemory(AddressSpaceInUse());
        Libc.ResetSignals();
        if (bounds.IsConfined)
        {
            Libc.GiveUpPrivileges();
            Libc.HideThisProcess();
        }
        if (bounds.HasFilter)
        {
            RefusedCall.Announce();
            SystemCallFilter.Enter();
        }
        EnergyPlusLibrary energyPlus;
        try
        {
            energyPlus = EnergyPlusLibrary.Load(folder);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            Exits.Say(1, $"unavailable: {e.Message}");
            return Exits.Refused;
        }

        Exits.Say(1, "ready");
        if (HostJob.Read() is not { } job) return 0; // nobody needs this host any more
        if (Enter(job) is { } refusal) return Exits.Refuse(refusal);
        if (bounds.HasLandlock) Landlock.EnterProcess([folder, .. job.Readable], job.Writable);
        var code = energyPlus.Run(job.Arguments);

        // The process ends here and now: its memory is the kernel's to free, and the runtime has nothing left to do.
        _ = Libc.Flush(0);
        Libc.ExitNow(code);
        return code;
    }

    /// <summary>The job's directory and variables, and a standard input that is at its end.</summary>
    private static string? Enter(HostJob job)
    {
        const int ReadOnly = 0;
        var nothing = Libc.Open("/dev/null", ReadOnly);
        if (nothing < 0 || Libc.Dup2(nothing, 0) < 0) return "closing standard input failed: " + LastError();
        _ = Libc.Close(nothing);
        foreach (var (name, value) in job.Variables)
            if (Libc.SetVariable(name, value, overwrite: 1) != 0) return $"setting {name} failed: {LastError()}";
        foreach (var name in RuntimeVariables.Names) _ = Libc.RemoveVariable(name);
        return Libc.ChangeDirectory(job.WorkingDirectory) == 0 ? null : $"entering {job.WorkingDirectory} failed: {LastError()}";
    }

    /// <summary>The runtime reserves address space that it does not use.</summary>
    private static ulong AddressSpaceInUse()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
