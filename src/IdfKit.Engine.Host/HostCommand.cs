using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// Loads EnergyPlus, says that it is ready, and forks itself for every run that is wanted: what does not depend on the model, a
/// quarter of a small model's year, is done once. Nothing of a model is ever in this process.
/// </summary>
internal static class HostCommand
{
    public static int Run(Bounds bounds, string folder)
    {
        bounds.EndWithParent();
        var addressSpace = AddressSpaceInUse();
        if (bounds.IsConfined) Libc.HideThisProcess();
        EnergyPlusLibrary energyPlus = null!;
        RunMemory memory;
        try
        {
            memory = RunMemory.AllocatedBy(() => energyPlus = EnergyPlusLibrary.Load(folder));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            Exits.Say(1, $"unavailable: {e.Message}");
            return Exits.Refused;
        }

        memory.GiveBackZeros();
        Exits.Say(1, "ready");
        while (RunRequest.Receive() is { } request)
        {
            var process = Libc.ForkForParent();
            if (process == 0) HostRun.Run(bounds, folder, energyPlus, memory, addressSpace, request);
            RunRequest.Answer(process > 0 ? process : -Marshal.GetLastPInvokeError());
            request.Close();
        }
        return 0; // nobody needs this host any more
    }

    /// <summary>The runtime reserves address space that it does not use.</summary>
    private static ulong AddressSpaceInUse()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }
}
