using System.Buffers;
using System.Runtime.CompilerServices;

namespace IdfKit.Engine.Results.Eso;

/// <summary>A stretch of whole lines of the data, and what was parsed out of it. Its arrays are rented and given back.</summary>
internal sealed class EsoBlock : IDisposable
{
    /// <summary>Line ends behind the text, so that a parser may read past it.</summary>
    public const int Padding = 64;

    private byte[] _bytes;
    private int[] _codes = [];
    private double[] _values = [];
    private int _count;

    public EsoBlock(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity + Padding);

    /// <summary>Its place among the blocks of the file, from 0.</summary>
    public int Sequence { get; set; }

    /// <summary>Where in the file it ends.</summary>
    public long EndPosition { get; set; }

    /// <summary>How much of <see cref="Buffer"/> is lines of the file.</summary>
    public int Length { get; private set; }

    public byte[] Buffer => _bytes;

    /// <summary>A variable's place in the dictionary, or the complement of a place in <see cref="Marks"/>.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, _count);

    /// <summary>The values of the variables.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>Time lines and beginnings of environments.</summary>
    public List<EsoMark> Marks { get; } = [];

    /// <summary>How many lines were read, to the end or to the fault.</summary>
    public int Lines { get; set; }

    /// <summary>Whether the line after these is no record.</summary>
    public bool IsFaulty { get; set; }

    /// <summary>Whether "End of Data" was reached.</summary>
    public bool IsEnd { get; set; }

    public void Close(int length)
    {
        Length = length;
        _bytes.AsSpan(length, Padding).Fill((byte)'\n');
    }

    /// <summary>Makes room for one record of each line; the shortest has four bytes.</summary>
    public void RentRecords()
    {
        _codes = ArrayPool<int>.Shared.Rent((Length / 4) + 1);
        _values = ArrayPool<double>.Shared.Rent((Length / 4) + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int code, double value)
    {
        var count = _count;
        _codes[count] = code;
        _values[count] = value;
        _count = count + 1;
    }

    /// <summary>
    /// Adds what stands behind a value, up to the line end. There is room for it: the shortest line that has such has sixteen bytes.
    /// </summary>
    public unsafe void AddBehind(int column, byte* at, byte* end)
    {
        if (EsoExtremes.TryRead(at, end) is not { } extremes) return;
        Marks.Add(new(default, null, column, extremes));
        Add(~(Marks.Count - 1), 0);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        if (_codes.Length > 0) ArrayPool<int>.Shared.Return(_codes);
        if (_values.Length > 0) ArrayPool<double>.Shared.Return(_values);
        (_bytes, _codes, _values) = ([], [], []);
    }
}

/// <summary>What is no value: a time, the title of an environment that begins, or the extremes behind the value before.</summary>
/// <param name="Stamp">The time.</param>
/// <param name="Title">The environment's title; null when none begins.</param>
/// <param name="Column">The place of the variable whose extremes these are; null when they are none.</param>
/// <param name="Extremes">The extremes.</param>
internal readonly record struct EsoMark(EsoStamp Stamp, EsoTitle? Title, int? Column = null, EsoExtremes Extremes = default);
