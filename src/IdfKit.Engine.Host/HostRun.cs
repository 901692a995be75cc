using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>A process that was forked from a host: bounds and confines itself, says that it is ready, takes one job, and runs it.</summary>
internal static class HostRun
{
    /// <summary>Ends this process with EnergyPlus's exit code: the runtime in it has nothing left to do.</summary>
    /// <param name="bounds">Its own.</param>
    /// <param name="folder">EnergyPlus's.</param>
    /// <param name="energyPlus">Loaded by the host.</param>
    /// <param name="memory">What it will write to; made this process's own before it says that it is ready.</param>
    /// <param name="addressSpace">What the runtime had reserved before EnergyPlus was loaded, which it is not charged for.</param>
    /// <param name="request">Whose process this is.</param>
    public static void Run(
        Bounds bounds, string folder, EnergyPlusLibrary energyPlus, RunMemory memory, ulong addressSpace, RunRequest request)
    {
        int code;
        try
        {
            Libc.ResetSignals(); // first: the host's runtime would take one that is sent to this process for its own
            _ = Libc.NewSession();
            request.Take();
            Confine(bounds, addressSpace);
            memory.Touch();
            Exits.Say(1, "ready");
            code = RunJob(bounds, folder, energyPlus);
        }
        catch (BoundsException e) { code = Exits.Refuse(e.Message); }
        _ = Libc.Flush(0);
        Libc.ExitNow(code); // its memory is the kernel's to free
    }

    private static void Confine(Bounds bounds, ulong addressSpace)
    {
        bounds.Apply();
        bounds.ApplyMemory(addressSpace);
        if (bounds.IsConfined) Libc.GiveUpPrivileges();
        if (!bounds.HasFilter) return;
        RefusedCall.Announce();
        SystemCallFilter.Enter();
    }

    private static int RunJob(Bounds bounds, string folder, EnergyPlusLibrary energyPlus)
    {
        if (HostJob.Read() is not { } job) return 0; // nobody needs this process any more
        if (Enter(job) is { } refusal) return Exits.Refuse(refusal);
        if (bounds.HasLandlock) Landlock.EnterProcess([folder, .. job.Readable], job.Writable);
        return energyPlus.Run(job.Arguments);
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

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
