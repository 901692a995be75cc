using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>The real ExpandObjects and EPMacro.</summary>
public sealed class RealPreprocessorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ExpandObjects_makes_ordinary_objects_of_templates()
    {
        var model = Write("m.idf", "Version,25.2;\nHVACTemplate:Thermostat,All,,20,,24;\nHVACTemplate:Zone:IdealLoadsAirSystem,Z1,All;\nZone,Z1;\n");

        var made = Read(await Preprocessors.ExpandObjectsAsync(RealRun.Installation, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal((1, 1, ModelNeeds.None), (made.ObjectsOf("ZoneHVAC:IdealLoadsAirSystem").Count, made.ObjectsOf("ThermostatSetpoint:DualSetpoint").Count, made.Needs));
    }

    [Fact]
    public async Task ExpandObjects_failing_tells_what_it_wrote()
    {
        var model = Write("m.idf", "Version,25.2;\nHVACTemplate:Zone:VAV,Z1,NoSystem,Nope;\n");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandObjectsAsync(RealRun.Installation, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, "ExpandObjects"), (failed.Kind, failed.Subject));
        Assert.Contains("HVACTemplate:Zone:VAV", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ground_objects_ask_for_the_slab_program()
    {
        Assert.SkipWhen(RealRun.Installation.SlabPath is not null, "needs an EnergyPlus without Slab");
        var model = Write("m.idf", "Version,25.2;\nGroundHeatTransfer:Control,c,No,Yes;\nGroundHeatTransfer:Slab:Materials,1,.158,.379,.9,.75,.03,6.13,9.26;\n");

        var absent = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandAllAsync(RealRun.Installation, model, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.NotFound, "Slab"), (absent.Kind, absent.Subject));
    }

    [Fact]
    public async Task Macros_are_carried_out_with_their_includes()
    {
        Write("parts/zones.imf", "Zone,A;\n##include more.imf\n");
        Write("parts/more.imf", "Zone,B;\n");
        var model = Write("m.imf", "##set1 v 25.2\nVersion,v[];\n##fileprefix parts/\n##include zones.imf\n");

        var made = Read(await Preprocessors.ExpandMacrosAsync(RealRun.Installation, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal("25.2.0", made.Version.ToString());
        Assert.Equal(["A", "B"], made.ObjectsOf("Zone").Select(zone => zone.Name));
    }

    [Theory]
    [InlineData("##include /etc/passwd")]
    [InlineData("##include ../outside.imf")]
    [InlineData("##fileprefix ../\n##include outside.imf")]
    [InlineData("##if #[1 EQ 2]\n  ##includesilent c:\\windows\\win.ini\n##endif")]
    [InlineData("##include part.imf")]
    [InlineData("##if 0\n##fileprefix a/b/\n##endif\n##include ../part.imf")]
    public async Task Includes_from_elsewhere_are_refused_before_anything_runs(string lines)
    {
        Write("part.imf", "##include a/../../outside.imf\n");
        var model = Write("m.imf", "Version,25.2;\n" + lines + "\n");

        var refused = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandMacrosAsync(RealRun.Installation, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, "EPMacro"), (refused.Kind, refused.Subject));
        Assert.Contains("own folder", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("##include missing.imf", "missing.imf"), InlineData("##endif", "unmatched endif"), InlineData("##foo bar", "foo")]
    public async Task Macro_errors_name_what_is_wrong(string line, string words)
    {
        var model = Write("m.imf", "Version,25.2;\n" + line + "\nBuilding,B;\n");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandMacrosAsync(RealRun.Installation, model, _folder["made.idf"], cancellationToken: Token));

        Assert.Equal(EnergyPlusErrorKind.PreprocessorFailed, failed.Kind);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    private static Model Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Model.Read(stream);
    }

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }
}
