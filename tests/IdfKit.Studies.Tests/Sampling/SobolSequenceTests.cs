using IdfKit.Studies.Sampling;

namespace IdfKit.Studies.Tests.Sampling;

/// <summary>Points that fill a cube evenly.</summary>
public sealed class SobolSequenceTests
{
    [Fact]
    public void Primitive_polynomials_are_all_of_each_degree()
    {
        // As many as φ(2ⁿ - 1) / n.
        var counts = PrimitivePolynomials.All().TakeWhile(polynomial => polynomial < 1 << 13)
            .CountBy(polynomial => System.Numerics.BitOperations.Log2(polynomial)).Select(count => count.Value);
        Assert.Equal([1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144], counts);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(7), InlineData(40), InlineData(500)]
    public void Each_dimension_has_one_point_in_each_of_equal_parts(int dimensions)
    {
        const int Points = 256;
        var sequence = new SobolSequence(dimensions, seed: 7);
        var points = Enumerable.Range(0, Points).Select(_ => sequence.Next()).ToList();
        for (var dimension = 0; dimension < dimensions; dimension++)
            Assert.Equal(Points, points.Select(point => (int)(point[dimension] * Points)).Distinct().Count());
    }

    [Fact]
    public void Two_dimensions_have_one_point_in_each_of_equal_boxes()
    {
        var sequence = new SobolSequence(2, seed: 3);
        var points = Enumerable.Range(0, 256).Select(_ => sequence.Next()).ToList();
        Assert.Equal(256, points.Select(point => ((int)(point[0] * 16), (int)(point[1] * 16))).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_makes_the_same_points_and_another_makes_others()
    {
        Assert.Equal(new SobolSequence(5, 1).Next(), new SobolSequence(5, 1).Next());
        Assert.NotEqual(new SobolSequence(5, 1).Next(), new SobolSequence(5, 2).Next());
        var sequence = new SobolSequence(1, 1);
        Assert.All(Enumerable.Range(0, 10_000).Select(_ => sequence.Next()[0]), point => Assert.InRange(point, 0, Math.BitDecrement(1)));
    }
}
