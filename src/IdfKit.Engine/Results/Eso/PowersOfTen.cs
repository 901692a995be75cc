using System.Numerics;

namespace IdfKit.Engine;

/// <summary>
/// The leading 128 bits of powers of ten, and with them the double nearest to a decimal number, after D. Lemire, "Number parsing at a
/// gigabyte per second" (2021). EnergyPlus writes up to 17 digits, for which multiplying doubles is not exact.
/// </summary>
internal static class PowersOfTen
{
    private const int Smallest = -60;
    private const int Largest = 40;

    private static readonly (ulong High, ulong Low)[] Powers = [.. Enumerable.Range(Smallest, Largest - Smallest + 1).Select(Leading)];

    /// <summary>The double nearest to <paramref name="digits"/> × 10^<paramref name="power"/>; false where this way cannot tell.</summary>
    public static bool TryScale(ulong digits, int power, out double value)
    {
        value = 0;
        if (power is < Smallest or > Largest) return false;
        var zeros = BitOperations.LeadingZeroCount(digits);
        digits <<= zeros;
        var (high, low) = Powers[power - Smallest];
        var top = Math.BigMul(digits, high, out var bottom);
        if ((top & 0x1FF) == 0x1FF)
        {
            // The bits that decide the rounding may still change.
            var carry = Math.BigMul(digits, low, out _);
            bottom += carry;
            if (bottom < carry) top++;
            if (bottom == ulong.MaxValue) return false;
        }
        var upper = (int)(top >> 63);
        var fraction = top >> (upper + 9);
        var exponent = ((217706 * power) >> 16) + 63 + upper - zeros + 1023;
        if (exponent is <= 0 or >= 2046) return false;
        // Exactly between two doubles: to the even one.
        if (bottom <= 1 && power is >= -4 and <= 23 && (fraction & 3) == 1 && fraction << (upper + 9) == top) fraction &= ~1UL;
        fraction = (fraction + (fraction & 1)) >> 1;
        if (fraction >= 1UL << 53)
        {
            fraction = 1UL << 52;
            exponent++;
        }
        value = BitConverter.UInt64BitsToDouble((fraction & ~(1UL << 52)) | ((ulong)exponent << 52));
        return true;
    }

    /// <summary>128 bits of 5^power, cut off where they are more; of its reciprocal, rounded up.</summary>
    private static (ulong High, ulong Low) Leading(int power)
    {
        var five = BigInteger.Pow(5, Math.Abs(power));
        var bits = (int)five.GetBitLength();
        var leading = power >= 0
            ? (bits <= 128 ? five << (128 - bits) : five >> (bits - 128))
            : ((BigInteger.One << (bits + 127)) / five) + 1;
        return ((ulong)(leading >> 64), (ulong)(leading & ulong.MaxValue));
    }
}
