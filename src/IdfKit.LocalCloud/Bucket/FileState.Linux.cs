using System.Runtime.InteropServices;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>statx(2), whose structure is the same on all processors: https://man7.org/linux/man-pages/man2/statx.2.html.</summary>
internal readonly partial record struct FileState
{
    private const int WorkingFolder = -100; // AT_FDCWD
    private const uint BasicStats = 0x7FF; // STATX_BASIC_STATS

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, ReadOnlySpan<byte> path, int flags, uint mask, out Answer answer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Answer
    {
        [FieldOffset(28)]
        private readonly ushort _mode;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly ulong Size;

        [FieldOffset(96)]
        public readonly Moment Changed;

        [FieldOffset(112)]
        public readonly Moment Modified;

        public bool IsFile => (_mode & 0xF000) == 0x8000; // S_IFMT, S_IFREG
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private readonly struct Moment
    {
        private const long LastSecond = 253_402_300_799; // of the year 9999

        [FieldOffset(0)]
        private readonly long _seconds;

        [FieldOffset(8)]
        private readonly uint _nanoseconds;

        public long Ticks =>
            DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(_seconds, 0, LastSecond)).Ticks + _nanoseconds / TimeSpan.NanosecondsPerTick;
    }
}
