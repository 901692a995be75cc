using IdfKit.Engine.Preparation;
using IdfKit.Engine.Tests.Models;

using TestBed;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>A model that no program can ready is refused with one sentence, before anything is started or written.</summary>
public sealed class ProgramRuleTests
{
    private const string Macros = "##set1 a 1\nVersion,25.2;\nBuilding,B;\n";

    private const string Templates =
        """{"Version": {"V": {"version_identifier": "25.2"}}, "Building": {"B": {}}, "HVACTemplate:Thermostat": {"T": {}}}""";

    [Theory]
    [InlineData(Macros, ModelRefusalKind.Macros)]
    [InlineData(Templates, ModelRefusalKind.Preprocessor)]
    public async Task Preparation_refuses_what_the_rule_refuses(string text, ModelRefusalKind kind)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.idf"], text, TestContext.Current.CancellationToken);
        var (model, installation) = (IdfText.Read(text), Installation(isReplay: false));
        var prepared = await ModelPreparation.PrepareAsync(
            model, folder["in.idf"], installation, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(kind, prepared.Refusal?.Kind);
        Assert.Equal(
            ProgramRule.OfMacros(model, runsMacros: false) ?? ProgramRule.OfExpansion(model, installation, expandsObjects: true),
            prepared.Refusal);
        Assert.Equal(text, await File.ReadAllTextAsync(folder["in.idf"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nothing_is_refused_that_no_program_would_see()
    {
        Assert.Null(ProgramRule.OfMacros(IdfText.Read(Macros), runsMacros: true));
        var templates = IdfText.Read(Templates);
        Assert.Null(ProgramRule.OfExpansion(templates, Installation(isReplay: true), expandsObjects: true));
        Assert.Null(ProgramRule.OfExpansion(templates, Installation(isReplay: false), expandsObjects: false));
    }

    private static EnergyPlusInstallation Installation(bool isReplay) => new("", new EnergyPlusVersion(25, 2), build: null, isReplay);
}
