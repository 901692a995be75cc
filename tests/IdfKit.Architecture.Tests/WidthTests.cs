namespace IdfKit.Architecture.Tests;

/// <summary>A wide line is a step without a name.</summary>
public sealed class WidthTests
{
    private const int Widest = 140;

    [Fact]
    public void No_line_of_a_source_file_has_more_than_140_columns()
    {
        var wide = SourceFile.All.SelectMany(file => file.Text.Split('\n')
            .Index()
            .Where(line => line.Item.Length > Widest)
            .Select(line => $"{file.Name}:{line.Index + 1} has {line.Item.Length} columns"));
        Assert.Equal([], wide);
    }
}
