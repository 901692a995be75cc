using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// Reads the numbers that EnergyPlus writes: <c>20.64501811742442</c>, <c>0.0</c>, <c>-7.1e-8</c>. Equal to the last
/// bit to what .NET reads.
/// </summary>
/// <remarks>
/// Measured on the 4.1 million numbers of a 72 MB .eso (<c>bench/results</c>, <c>results numbers</c>): 24 ns a number,
/// csFastFloat 4.1.6 40 ns, <see cref="double.TryParse(ReadOnlySpan{byte}, out double)"/> 105 ns. With csFastFloat in
/// its place a whole read of that file took 1.24 times the processor time (and 1.07 to 1.15 times the time, since one
/// thread reads ahead), with double.TryParse more than 5 times the time.
/// </remarks>
internal static unsafe class DecimalNumber
{
    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static ReadOnlySpan<double> Exact =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>
    /// Reads from <paramref name="at"/> to a comma or line end, which must follow, and moves there; false when this is
    /// no number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte* at, out double value)
    {
        var p = at;
        while (*p == ' ') p++;
        var isNegative = *p == '-';
        if (isNegative) p++;
        ulong digits = 0;
        var first = p;
        Digits(ref p, ref digits);
        var count = (int)(p - first);
        var power = 0;
        if (*p == '.')
        {
            var point = ++p;
            Digits(ref p, ref digits);
            power = (int)(point - p);
            count -= power;
        }
        if (count > 19) count -= LeadingZeros(first, p);
        if (count is > 0 and <= 19 && *p is (byte)'\n' or (byte)',' or (byte)'\r' && TryScale(digits, power, out value))
        {
            if (isNegative) value = -value;
            at = p;
            return true;
        }
        return TryReadAny(ref at, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScale(ulong digits, int power, out double value)
    {
        if (digits <= 1UL << 53 && power >= -22)
        {
            value = digits / Exact[-power];
            return true;
        }
        return PowersOfTen.TryScale(digits, power, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Digits(ref byte* p, ref ulong digits)
    {
        while (true)
        {
            var eight = Unsafe.ReadUnaligned<ulong>(p);
            if (!BitConverter.IsLittleEndian || !AreDigits(eight)) break;
            digits = (digits * 100_000_000) + Eight(eight);
            p += 8;
        }
        for (uint digit; (digit = *p - (uint)'0') <= 9; p++) digits = (digits * 10) + digit;
    }

    /// <summary>Zeros in front say nothing of the digits that count.</summary>
    private static int LeadingZeros(byte* from, byte* to)
    {
        var zeros = 0;
        for (; from < to && *from is (byte)'0' or (byte)'.'; from++)
            if (*from == '0') zeros++;
        return zeros;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>Eight digits at once: pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong eight)
    {
        eight -= 0x3030303030303030;
        eight = (eight * 10) + (eight >> 8);
        return (((eight & 0x000000FF000000FF) * 0x000F424000000064) + (((eight >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    }

    /// <summary>Exponents, more digits than fit, and what C++ writes for no number.</summary>
    private static bool TryReadAny(ref byte* at, out double value)
    {
        var end = at;
        while (*end is not ((byte)'\n' or (byte)',' or (byte)'\r')) end++;
        var text = new ReadOnlySpan<byte>(at, (int)(end - at)).Trim((byte)' ');
        at = end;
        if (text.StartsWith("+"u8)) text = text[1..];
        if (Utf8Parser.TryParse(text, out value, out var used)) return used == text.Length;
        var isNegative = text.StartsWith("-"u8);
        if (isNegative) text = text[1..];
        var isInfinite = Ascii.EqualsIgnoreCase(text, "inf"u8) || Ascii.EqualsIgnoreCase(text, "infinity"u8);
        value = isInfinite ? (isNegative ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;
        return isInfinite || Ascii.EqualsIgnoreCase(text, "nan"u8);
    }
}
