using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RunBed;
using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>What a hostile model may do from inside EnergyPlus: a script in its place tries.</summary>
public sealed class ConfinementTests : IDisposable
{
    private readonly TemporaryFolder _run = new();
    private readonly TemporaryFolder _outside = new();

    public void Dispose()
    {
        _run.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task Confined_run_reaches_its_own_files_and_nothing_else()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await File.WriteAllTextAsync(_outside["secret"], "s3cr3t", Token);
        var attacks = new Dictionary<string, string>
        {
            ["reads"] = $"cat '{_outside["secret"]}'",
            ["lists"] = $"ls '{_outside.Path}'",
            ["writes"] = $"echo x > '{_outside["new"]}'",
            ["removes"] = $"rm '{_outside["secret"]}'",
            ["links"] = $"ln -s '{_outside["secret"]}' \"$out/link\" && cat \"$out/link\"",
            ["environ"] = "cat /proc/$PPID/environ",
            ["memory"] = "cat /proc/$PPID/maps",
            ["kills"] = string.Create(CultureInfo.InvariantCulture, $"kill -0 {Environment.ProcessId}"),
            ["connects"] = string.Create(CultureInfo.InvariantCulture, $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port}'"),
            ["passwords"] = "cat /etc/passwd",
        };
        var done = await TriedAsync(attacks, confine: true);
        Assert.Equal(["helper", "own"], done);
        Assert.Equal("s3cr3t", await File.ReadAllTextAsync(_outside["secret"], Token));

        // Without it they succeed, so it is the confinement that stops them.
        attacks.Remove("removes");
        done = await TriedAsync(attacks, confine: false);
        Assert.Equal(attacks.Keys.Except(["environ", "memory"]).Concat(["helper", "own"]).Order(), done.Except(["environ", "memory"]));
    }

    [Theory]
    [InlineData("one-zone", false)]
    [InlineData("one-zone", true)]
    [InlineData("RefBldgSmallOffice", false)]
    [InlineData("RefBldgSmallOffice", true)]
    public async Task Confined_run_of_the_real_EnergyPlus_writes_the_same_bytes(string model, bool warmHost)
    {
        RequireLandlock();
        var request = new EngineRequest
        {
            ModelPath = RealParts.Model(model),
            WeatherPath = RealParts.Weather("Golden"),
            OutputDirectory = "",
            ExpandObjects = true,
            DesignDay = model != "one-zone", // it has none
        };
        using var real = new RealRun(request);
        await using var plain = new EnergyPlusRunner(RealRun.Installation);
        await using var confined = new EnergyPlusRunner(
            RealRun.Installation, RealRun.WithHosts with { Confine = true, WarmHosts = warmHost ? 1 : 0 });
        confined.WarmUp();
        Assert.StartsWith("landlock", confined.Confinement, StringComparison.Ordinal);

        var (_, expected) = await real.RunAsync(plain);
        var (run, files) = await real.RunAsync(confined);
        Assert.Equal((RunOutcome.Completed, warmHost), (run.Outcome, run.Warm));
        Assert.Equal(expected.Keys, files.Keys);
        Assert.Equal([], files.Keys.Where(name => files[name] != expected[name]));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void RequireLandlock() =>
        Needs.That(
            new EnergyPlusRunner(RealRun.Installation, RealRun.WithHosts with { Confine = true }).Confinement != "none",
            Needs.Landlock);

    /// <summary>The names of those that succeeded; "own" and "helper" are what must work.</summary>
    private async Task<IEnumerable<string>> TriedAsync(Dictionary<string, string> attacks, bool confine)
    {
        using var energyPlus = new ScriptedEnergyPlus();
        var lines = attacks.Append(new("own", "echo x > \"$out/eplusout.eso\" && cat \"$out/eplusout.eso\""))
            .Append(new("helper", "sh -c 'expr 1 + 1'"))
            .Select(attack => $"({attack.Value}) >/dev/null 2>&1 && echo {attack.Key} >> \"$out/succeeded\"");
        await File.WriteAllTextAsync(_run["in.idf"], ScriptedEnergyPlus.Model([.. lines]), Token);
        var output = _run[confine ? "confined" : "free"];
        await using var runner = new EnergyPlusRunner(
            energyPlus.Installation, new EngineOptions { EngineHostPath = FakeRun.EngineHost, Confine = confine });
        Needs.That(!confine || runner.Confinement != "none", Needs.Landlock);
        var run = await runner.RunAsync(
            new EngineRequest { ModelPath = _run["in.idf"], OutputDirectory = output, DesignDay = true }, null, Token);
        Assert.Equal(RunOutcome.Completed, run.Outcome);
        return (await File.ReadAllLinesAsync(Path.Combine(output, "succeeded"), Token)).Order();
    }
}
