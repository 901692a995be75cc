using System.Globalization;

namespace IdfKit.Engine.Host;

/// <summary>
/// The memory that every run writes to, whatever its model: the tables that EnergyPlus allocates before it knows one (25.2: 114 MB,
/// what it remembers of psychrometrics). A run that is forked would get a copy of them page by page, only to overwrite it.
/// </summary>
internal sealed unsafe class RunMemory
{
    private const nint LeastBytes = 16 << 20; // the runtime beside EnergyPlus has nothing so large in use, nor a thread such a stack
    private readonly List<Mapping> _mappings;

    private RunMemory(List<Mapping> mappings) => _mappings = mappings;

    /// <summary>The large mappings that come into being while <paramref name="load"/> runs.</summary>
    public static RunMemory AllocatedBy(Action load)
    {
        var before = Mappings();
        load();
        var tables = Mappings().SelectMany(mapping => mapping.Without(before)).Where(mapping => mapping.Bytes >= LeastBytes);
        return new([.. tables]);
    }

    /// <summary>
    /// Gives the pages of zeros, nearly all, back to the kernel, which hands zeros out again when they are written to, in pages of
    /// 2 MB where it has them: cheaper than a copy, and what they hold is the same.
    /// </summary>
    public void GiveBackZeros()
    {
        const int NotNeeded = 4, HugePages = 14; // MADV_DONTNEED, MADV_HUGEPAGE
        const nint LargePage = 2 << 20;
        foreach (var zeros in _mappings.SelectMany(ZerosOf).Where(zeros => zeros.Bytes >= LargePage))
        {
            _ = Libc.Advise((void*)zeros.From, (nuint)zeros.Bytes, NotNeeded);
            _ = Libc.Advise((void*)zeros.From, (nuint)zeros.Bytes, HugePages); // a kernel without them uses the small ones
        }
    }

    /// <summary>
    /// Makes all of it this process's own now, while it waits for its run, and changes nothing in it: zero is added to a number of
    /// each page. That is one access; a page that is read first is mapped twice.
    /// </summary>
    public void Touch()
    {
        foreach (var mapping in _mappings)
            for (var page = mapping.From; page < mapping.To; page += Environment.SystemPageSize)
                Interlocked.Add(ref *(int*)page, 0);
    }

    private static IEnumerable<Mapping> ZerosOf(Mapping mapping)
    {
        var from = mapping.From;
        for (var page = mapping.From; page < mapping.To; page += Environment.SystemPageSize)
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
