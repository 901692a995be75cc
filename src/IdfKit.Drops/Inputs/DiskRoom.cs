using IdfKit.Runs;

namespace IdfKit.Drops.Inputs;

/// <summary>
/// Whether the local disk can hold a model at all. A disk that is only full now is the world's fault and fails later,
/// to be tried again.
/// </summary>
internal static class DiskRoom
{
    private const int Copies = 3; // the download, the staged copy as EnergyPlus reads it, and results at least as large

    private const long Megabyte = 1_000_000;

    public static Rejection? WhyTooSmall(DroppedObject drop, string folder)
    {
        if (drop.SizeBytes is not { } size) return null;
        var disk = new DriveInfo(folder).TotalSize;
        var sentence = DropSentences.DiskTooSmall(drop.Url, size / Megabyte, size * Copies / Megabyte, disk / Megabyte);
        return size <= disk / Copies ? null : new(RunReason.TooLarge, sentence);
    }
}
