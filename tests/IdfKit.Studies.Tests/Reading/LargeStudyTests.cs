using TestBed;

namespace IdfKit.Studies.Tests.Reading;

/// <summary>What it takes to read a study, counted while nothing else runs.</summary>
[CollectionDefinition(nameof(LargeStudyTests), DisableParallelization = true)]
[Collection(nameof(LargeStudyTests))]
public sealed class LargeStudyTests
{
    [Fact]
    public void Rows_of_a_large_model_are_checked_without_writing_its_text_for_each()
    {
        const int Rows = 2000;
        using var bed = new StudyBed();
        File.Copy(RealParts.Model("MediumOffice"), bed["large.idf"]);
        var rows = Enumerable.Range(0, Rows).Select(row => FormattableString.Invariant(
            $"{row % 360},{1 + (row % 7)},{0.01 + (row * 0.0001):0.####},12\n"));
        bed.With("large.study.csv",
            "Building//North Axis,Lights/*/Watts per Floor Area,Material/*/Thickness,BuildingSurface:Detailed/*/Vertex 1 Z-coordinate\n"
            + string.Concat(rows));
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(Rows, bed.Read("large.study.csv").Variants().Count);
        var forEach = (GC.GetTotalAllocatedBytes() - before) / Rows;
        TestContext.Current.TestOutputHelper?.WriteLine($"{forEach:N0} bytes for each row");
        Assert.InRange(forEach, 1, new FileInfo(bed["large.idf"]).Length / 4);
    }
}
