using IdfKit.Runs;
using IdfKit.Runs.Staging;

namespace IdfKit.Drops.Inputs;

/// <summary>Whether the local disk can hold a model at all. A disk that is only full now is the world's fault and fails later, to be tried again.</summary>
internal static class DiskRoom
{
    private const int Copies = 3; // the download, the staged copy as EnergyPlus reads it, and results at least as large

    public static Rejection? WhyTooSmall(DroppedObject drop, string folder)
    {
        if (drop.SizeBytes is not { } size) return null;
        var disk = new DriveInfo(folder).TotalSize;
        return size <= disk / Copies ? null : new(RunReason.TooLarge,
            $"The model {drop.Url} has {size / 1e6:0} MB and needs about {size * Copies / 1e6:0} MB of disk, and the function has {disk / 1e6:0} MB in all; give the function more ephemeral storage.");
    }
}
