using System.Numerics;

namespace IdfKit.Studies.Sampling;

/// <summary>
/// Points that fill the unit cube evenly (Sobol, in the order of Gray's code after Antonov and Saleev), each dimension shifted by digits
/// that the seed gives: the same seed makes the same points everywhere.
/// </summary>
internal sealed class SobolSequence
{
    private const int Bits = 32;
    private const double Scale = 1.0 / (1L << Bits);

    // First direction numbers of Joe and Kuo (2008), which keep the first dimensions apart pair by pair.
    private static readonly uint[][] Known =
    [
        [1], [1, 3], [1, 3, 1], [1, 1, 1], [1, 1, 3, 3], [1, 3, 5, 13], [1, 1, 5, 5, 17], [1, 1, 5, 5, 5], [1, 1, 7, 11, 19],
        [1, 1, 5, 1, 1], [1, 1, 1, 3, 11], [1, 3, 5, 5, 31], [1, 3, 3, 9, 7, 49], [1, 1, 1, 15, 21, 21], [1, 3, 1, 13, 27, 49],
        [1, 1, 1, 15, 7, 5], [1, 3, 1, 15, 13, 25], [1, 1, 5, 5, 19, 61], [1, 3, 7, 11, 23, 15, 103], [1, 3, 7, 13, 13, 15, 69],
    ];

    private readonly uint[][] _directions;
    private readonly uint[] _point;
    private readonly uint[] _shift;
    private uint _count;

    public SobolSequence(int dimensions, int seed)
    {
        var random = new SplitMix((ulong)(uint)seed);
        _shift = [.. Enumerable.Range(0, dimensions).Select(_ => (uint)(random.Next() >> Bits))];
        _directions = [.. DirectionsOf(dimensions)];
        _point = new uint[dimensions];
    }

    /// <summary>The next point: a number of at least 0 and less than 1 for each dimension.</summary>
    public double[] Next()
    {
        var next = new double[_point.Length];
        for (var at = 0; at < next.Length; at++) next[at] = (_point[at] ^ _shift[at]) * Scale;
        var digit = BitOperations.TrailingZeroCount(~_count++);
        for (var at = 0; at < next.Length; at++) _point[at] ^= _directions[at][digit % Bits];
        return next;
    }

    private static IEnumerable<uint[]> DirectionsOf(int dimensions)
    {
        yield return [.. Enumerable.Range(1, Bits).Select(digit => 1u << (Bits - digit))];
        var random = new SplitMix(0);
        foreach (var (index, polynomial) in PrimitivePolynomials.All().Take(dimensions - 1).Index())
        {
            var degree = BitOperations.Log2(polynomial);
            // Beyond those that are known any odd number of so many digits makes a sequence.
            var first = index < Known.Length ? Known[index] : [.. Enumerable.Range(1, degree).Select(digit => First(random, digit))];
            yield return DirectionsOf(polynomial, degree, first);
        }
    }

    private static uint First(SplitMix random, int digits) => (uint)(random.Next() & ((1UL << digits) - 1)) | 1;

    private static uint[] DirectionsOf(uint polynomial, int degree, uint[] first)
    {
        var directions = new uint[Bits];
        for (var at = 0; at < Bits; at++)
        {
            if (at < degree)
            {
                directions[at] = first[at] << (Bits - 1 - at);
                continue;
            }
            var next = directions[at - degree] ^ (directions[at - degree] >> degree);
            for (var term = 1; term < degree; term++)
                if (((polynomial >> (degree - term)) & 1) != 0) next ^= directions[at - term];
            directions[at] = next;
        }
        return directions;
    }
}
