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
        var model = Write("m.idf",
            "Version,25.2;\nHVACTemplate:Thermostat,All,,20,,24;\nHVACTemplate:Zone:IdealLoadsAirSystem,Z1,All;\nZone,Z1;\n");

        var made = await MadeAsync(programs => programs.ExpandObjectsAsync(model, _folder["made.idf"], Token));

        Assert.Equal((1, 1, ModelNeeds.None),
            (made.ObjectsOf("ZoneHVAC:IdealLoadsAirSystem").Count, made.ObjectsOf("ThermostatSetpoint:DualSetpoint").Count, made.Needs));
    }

    [Fact]
    public async Task ExpandObjects_failing_tells_what_it_wrote()
    {
        var model = Write("m.idf", "Version,25.2;\nHVACTemplate:Zone:VAV,Z1,NoSystem,Nope;\n");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(RealRun.Installation).ExpandObjectsAsync(model, _folder["made.idf"], Token));

        Assert.Equal(EnergyPlusErrorKind.PreprocessorFailed, failed.Kind);
        Assert.Contains("HVACTemplate:Zone:VAV", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Macros_are_carried_out_with_their_includes()
    {
        Write("parts/zones.imf", "Zone,A;\n##include more.imf\n");
        Write("parts/more.imf", "Zone,B;\n");
        var model = Write("m.imf", "##set1 v 25.2\nVersion,v[];\n##fileprefix parts/\n##include zones.imf\n");

        var made = await MadeAsync(programs => programs.RunMacrosAsync(model, _folder["made.idf"], Token));

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

        var refused = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(RealRun.Installation).RunMacrosAsync(model, _folder["made.idf"], Token));

        Assert.Equal(EnergyPlusErrorKind.PreprocessorFailed, refused.Kind);
        Assert.Contains("own folder", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("##include missing.imf", "missing.imf"), InlineData("##endif", "unmatched endif"), InlineData("##foo bar", "foo")]
    public async Task Macro_errors_name_what_is_wrong(string line, string words)
    {
        var model = Write("m.imf", "Version,25.2;\n" + line + "\nBuilding,B;\n");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(RealRun.Installation).RunMacrosAsync(model, _folder["made.idf"], Token));

        Assert.Equal(EnergyPlusErrorKind.PreprocessorFailed, failed.Kind);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    private async Task<Model> MadeAsync(Func<Preprocessors, Task> make)
    {
        await make(new(RealRun.Installation));
        await using var stream = File.OpenRead(_folder["made.idf"]);
        return Model.Read(stream);
    }

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }
}
