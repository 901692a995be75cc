using System.Text.Json;
using TestBed;

namespace IdfKit.Engine.Tests.Models;

/// <summary>Real models, against EnergyPlus's own reading of them.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Read_every_shared_model_agrees_with_ConvertInputFormat_on_classes_and_counts()
    {
        var converter = Path.Combine(RealParts.EnergyPlus(), "ConvertInputFormat");
        using var folder = new TemporaryFolder();
        foreach (var path in RealParts.AllModels())
        {
            Child.Run(converter, folder.Path, "-f", "epJSON", "-o", folder.Path, path);
            var converted = folder[Path.GetFileNameWithoutExtension(path) + ".epJSON"];
            using var json = JsonDocument.Parse(File.ReadAllBytes(converted));
            var expected = json.RootElement.EnumerateObject()
                .Select(c => (c.Name, c.Value.EnumerateObject().Count()))
                .OrderBy(c => c.Name, StringComparer.Ordinal);

            Assert.Equal(expected, Counts(path));
            Assert.Equal(expected, Counts(converted));
        }
    }

    private static IEnumerable<(string, int)> Counts(string path)
    {
        using var file = File.OpenRead(path);
        return Model.Read(file).Objects.GroupBy(o => o.ClassName).Select(c => (c.Key, c.Count())).OrderBy(
            c => c.Key, StringComparer.Ordinal);
    }
}
