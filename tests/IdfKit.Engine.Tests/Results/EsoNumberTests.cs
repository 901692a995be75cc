using System.Globalization;
using System.Numerics;
using System.Text;

using IdfKit.Engine.Results.Eso;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Every number equals, bit by bit, what .NET reads.</summary>
public sealed class EsoNumberTests
{
    [Theory]
    [InlineData("0.0")]
    [InlineData("-0.0")]
    [InlineData("-20.599999999999998")]
    [InlineData("99999999999999.0")]
    [InlineData("-99999999999999.0")]
    [InlineData("7.109204857825559e-8")]
    [InlineData("0.000008916226528160957")]
    [InlineData("0.00004391447992230245")]
    [InlineData("9007199254740993.0")]
    [InlineData("9007199254740992.9999999999999999999999")]
    [InlineData("123456789012345678901234567890.5")]
    [InlineData("4.9e-324")]
    [InlineData("1.7976931348623157E+308")]
    [InlineData("12")]
    [InlineData(" 12.5")]
    [InlineData("+3.25")]
    [InlineData("1e22")]
    [InlineData("8.5")]
    public void Read_gives_the_nearest_double(string text) => AssertSame(text);

    [Fact]
    public void Read_of_random_numbers_gives_the_nearest_double()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++)
        {
            var value = random.Next(3) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)),
                _ => Math.Round(random.NextDouble() * 1e6, random.Next(0, 12)),
            };
            if (!double.IsFinite(value)) continue;
            AssertSame(value.ToString(random.Next(2) == 0 ? "R" : "F" + random.Next(1, 25), CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("-nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    public void Read_of_what_cpp_writes_for_no_number_gives_it(string text, double expected) => Assert.Equal(expected, Read(text + "\n"));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData("1e")]
    [InlineData("********")]
    public void Read_of_no_number_says_so(string text) => Assert.Null(Read(text + "\n"));

    [Fact]
    public void Leading_bits_are_those_of_the_powers_of_five()
    {
        for (var power = PowersOfTen.Smallest; power <= PowersOfTen.Largest; power++)
        {
            var five = BigInteger.Pow(5, Math.Abs(power));
            var bits = (int)five.GetBitLength();
            var expected = power < 0
                ? ((BigInteger.One << (bits + 127)) / five) + 1
                : bits <= 128 ? five << (128 - bits)
                : five >> (bits - 128);
            var at = (power - PowersOfTen.Smallest) * 2;
            Assert.Equal(expected, ((BigInteger)PowersOfTen.LeadingBits[at] << 64) + PowersOfTen.LeadingBits[at + 1]);
        }
    }

    private static void AssertSame(string text)
    {
        var expected = BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture));
        foreach (var end in new[] { "\n", "\r\n", ",1.0\n" })
            Assert.True(expected == BitConverter.DoubleToInt64Bits(Read(text + end) ?? throw new InvalidOperationException(text)), text);
    }

    private static unsafe double? Read(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + EsoBlock.Padding];
        Encoding.UTF8.GetBytes(text, bytes);
        fixed (byte* start = bytes)
        {
            var at = start;
            return DecimalNumber.TryRead(ref at, out var value) ? value : null;
        }
    }
}
