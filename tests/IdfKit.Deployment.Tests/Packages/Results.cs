using System.Text.Json.Nodes;

namespace IdfKit.Deployment.Tests.Packages;

/// <summary>What a run of <c>examples/one-zone.idf</c> with its weather leaves in a bucket.</summary>
internal static class Results
{
    public static void AreThoseOfTheExample(string bucket)
    {
        var folder = Path.Combine(bucket, "outputs", "one-zone");
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "run.json")))!;
        Assert.Equal("completed", record["status"]!.GetValue<string>());
        // The host confines; the plain program is not confined.
        Assert.StartsWith("filter", record["engine"]!["confinement"]!.GetValue<string>(), StringComparison.Ordinal);
        var summary = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")))!;
        Assert.Equal(18.27, summary["site_energy_gj"]!.GetValue<double>(), 2);
    }
}
