using System.Numerics;
using System.Runtime.CompilerServices;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// The leading 128 bits of powers of ten, and with them the double nearest to a decimal number, after D. Lemire, "Number parsing at a
/// gigabyte per second" (2021). EnergyPlus writes up to 17 digits, for which multiplying doubles is not exact.
/// </summary>
internal static partial class PowersOfTen
{
    internal const int Smallest = -60;
    internal const int Largest = 40;

    /// <summary>The double nearest to <paramref name="digits"/> × 10^<paramref name="power"/>; false where this way cannot tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryScale(ulong digits, int power, out double value)
    {
        value = 0;
        if (power is < Smallest or > Largest) return false;
        var zeros = BitOperations.LeadingZeroCount(digits);
        digits <<= zeros;
        var at = (power - Smallest) * 2;
        var top = Math.BigMul(digits, LeadingBits[at], out var bottom);
        if ((top & 0x1FF) == 0x1FF)
        {
            // The bits that decide the rounding may still change.
            var carry = Math.BigMul(digits, LeadingBits[at + 1], out _);
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
}
