using System.Globalization;
using System.Runtime.InteropServices;

namespace IdfKit.Engine.Host;

/// <summary>
/// The memory that every run writes to, whatever its model: the tables that EnergyPlus allocates before it knows one (25.2: 114 MB,
/// what it remembers of psychrometrics), and the first of what it allocates then. A run that is forked would get it page by page
/// while it works: of the tables a copy, only to overwrite it.
/// </summary>
internal sealed unsafe class RunMemory
{
    private const nint LeastBytesOfTable = 8 << 20; // the runtime beside EnergyPlus has nothing so large of its own in use
    private readonly List<Mapping> _mappings;
    private readonly List<Mapping> _zeros = [];

    private RunMemory(List<Mapping> mappings) => _mappings = mappings;

    /// <summary>The large mappings that come into being while <paramref name="load"/> runs, and the heap's free end.</summary>
    public static RunMemory AllocatedBy(Action load)
    {
        var before = Mappings();
        load();
        var tables = Mappings().SelectMany(mapping => mapping.Without(before)).Where(mapping => mapping.Bytes >= LeastBytesOfTable);
        return new([.. tables, EndOfHeap()]);
    }

    /// <summary>
    /// Gives the pages of zeros, nearly all, back to the kernel, which hands zeros out again when they are written to, in pages of
    /// 2 MB where it has them: cheaper than a copy, and what they hold is the same.
    /// </summary>
    public void GiveBackZeros()
    {
        const int NotNeeded = 4, HugePages = 14; // MADV_DONTNEED, MADV_HUGEPAGE
        _zeros.AddRange(_mappings.SelectMany(ZerosOf));
        foreach (var zeros in _zeros)
        {
            _ = Libc.Advise((void*)zeros.From, (nuint)zeros.Bytes, NotNeeded);
            _ = Libc.Advise((void*)zeros.From, (nuint)zeros.Bytes, HugePages); // a kernel without them uses the small ones
        }
    }

    /// <summary>
    /// Makes all of it this process's own now, while it waits for its run, and changes nothing in it. What was given back is not read:
    /// kernels before 6.12 would map a large page of zeros then, and small ones when it is written to.
    /// </summary>
    public void Touch()
    {
        foreach (var zeros in _zeros)
            foreach (var page in zeros.Pages) Volatile.Write(ref *(byte*)page, 0);
        foreach (var others in _mappings.SelectMany(mapping => mapping.Without(_zeros)))
            foreach (var page in others.Pages) Volatile.Write(ref *(byte*)page, *(byte*)page);
    }

    /// <summary>
    /// Lets the heap grow, for nothing yet. glibc keeps at its end what is freed there, up to twice as much as the largest block that it
    /// has mapped and freed.
    /// </summary>
    /// <remarks>mallopt(3), M_MMAP_THRESHOLD</remarks>
    private static Mapping EndOfHeap()
    {
        const nuint Kept = 16 << 20;
        NativeMemory.Free(NativeMemory.Alloc(Kept + (Kept / 2)));
        var block = (nint)NativeMemory.Alloc(Kept);
        NativeMemory.Free((void*)block);
        var mask = Environment.SystemPageSize - 1;
        return new((block + mask) & ~mask, (block + (nint)Kept) & ~mask);
    }

    private static IEnumerable<Mapping> ZerosOf(Mapping mapping)
    {
        var from = mapping.From;
        foreach (var page in mapping.Pages)
        {
            if (IsZero(page)) continue;
            if (page > from) yield return new(from, page);
            from = page + Environment.SystemPageSize;
        }
        if (mapping.To > from) yield return new(from, mapping.To);
    }

    private static bool IsZero(nint page) => !new ReadOnlySpan<byte>((void*)page, Environment.SystemPageSize).ContainsAnyExcept((byte)0);

    /// <summary>This process's private memory without a file or a name behind it, in order.</summary>
    /// <remarks>proc_pid_maps(5)</remarks>
    private static List<Mapping> Mappings() =>
    [
        .. File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields is [_, "rw-p", _, _, "0"])
            .Select(fields => fields[0].Split('-'))
            .Select(ends => new Mapping(Address(ends[0]), Address(ends[1])))
    ];

    private static nint Address(string text) => nint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Memory between two addresses, of whole pages.</summary>
    private readonly record struct Mapping(nint From, nint To)
    {
        public nint Bytes => To - From;

        public IEnumerable<nint> Pages
        {
            get
            {
                for (var page = From; page < To; page += Environment.SystemPageSize) yield return page;
            }
        }

        /// <summary>What of it is in none of <paramref name="others"/>, which are in order.</summary>
        public IEnumerable<Mapping> Without(List<Mapping> others)
        {
            var from = From;
            foreach (var other in others)
            {
                if (other.To <= from || other.From >= To) continue;
                if (other.From > from) yield return new(from, other.From);
                from = other.To;
            }
            if (from < To) yield return new(from, To);
        }
    }
}
