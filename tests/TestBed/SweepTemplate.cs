using System.Text.Json;
using Xunit;

namespace TestBed;

/// <summary>The state machine of examples/distributed-map, as its template declares it.</summary>
public static class SweepTemplate
{
    public static string Path { get; } = Repository.PathOf("examples", "distributed-map", "template.yaml");

    /// <summary>The state machine's properties, <c>Definition</c> and <c>DefinitionSubstitutions</c> among them.</summary>
    public static async Task<JsonElement> MachineAsync()
    {
        var python = await SamTranslator.PythonAsync();
        Needs.That(python is not null, Needs.SamTranslator);
        const string Read = "import json, sys; from samtranslator.yaml_helper import yaml_parse; "
            + "print(json.dumps(yaml_parse(open(sys.argv[1], encoding='utf-8').read())))";
        var result = await Tool.RunAsync(python!, Repository.Root, "-c", Read, Path);
        Assert.True(result.ExitCode == 0, result.Error);
        using var template = JsonDocument.Parse(result.Output);
        return template.RootElement.GetProperty("Resources").GetProperty("Sweep").GetProperty("Properties").Clone();
    }
}
