using System.Numerics;

namespace IdfKit.Studies.Sampling;

/// <summary>Primitive polynomials over the field of two elements, by degree and then by their coefficients, which are the bits.</summary>
internal static class PrimitivePolynomials
{
    /// <summary>As many as are asked for: x + 1, x² + x + 1, …</summary>
    public static IEnumerable<uint> All()
    {
        yield return 0b11;
        for (var degree = 2; degree < 20; degree++)
            for (var polynomial = (1u << degree) + 1; polynomial < 2u << degree; polynomial += 2)
                if (IsPrimitive(polynomial, degree)) yield return polynomial;
    }

    /// <summary>Whether x has the order 2ⁿ - 1: all powers of it but the last are other than 1.</summary>
    private static bool IsPrimitive(uint polynomial, int degree)
    {
        var order = (1u << degree) - 1;
        if (Power(order, polynomial, degree) != 1) return false;
        var rest = order;
        for (var prime = 3u; rest > 1; prime += 2)
        {
            if (prime * prime > rest) prime = rest;
            if (rest % prime != 0) continue;
            if (order > prime && Power(order / prime, polynomial, degree) == 1) return false;
            while (rest % prime == 0) rest /= prime;
        }
        return true;
    }

    /// <summary>A power of x, modulo the polynomial.</summary>
    private static uint Power(uint exponent, uint polynomial, int degree)
    {
        var result = 1u;
        for (var bit = BitOperations.Log2(exponent); bit >= 0; bit--)
        {
            result = Product(result, result, polynomial, degree);
            if (((exponent >> bit) & 1) != 0) result = Product(result, 2, polynomial, degree);
        }
        return result;
    }

    private static uint Product(uint one, uint other, uint polynomial, int degree)
    {
        var product = 0u;
        for (; other != 0; other >>= 1)
        {
            if ((other & 1) != 0) product ^= one;
            one <<= 1;
            if (((one >> degree) & 1) != 0) one ^= polynomial;
        }
        return product;
    }
}
