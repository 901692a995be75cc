namespace IdfKit.LocalCloud.Bucket;

/// <summary>Whether a disk has no more room.</summary>
internal static class OutOfSpace
{
    private const int NoSpaceLeft = 28, QuotaExceeded = 122; // ENOSPC, EDQUOT
    private const int DiskFull = unchecked((int)0x80070070), HandleDiskFull = unchecked((int)0x80070027); // of Windows

    public static bool Is(Exception e) => e is IOException && e.HResult is NoSpaceLeft or QuotaExceeded or DiskFull or HandleDiskFull;
}
