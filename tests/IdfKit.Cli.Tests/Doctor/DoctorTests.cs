using System.Text.RegularExpressions;
using TestBed;

namespace IdfKit.Cli.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_with_the_real_EnergyPlus_says_its_version_and_that_it_runs()
    {
        var (_, output) = await RunAsync(("ENERGYPLUS_DIR", RealParts.EnergyPlus()));

        Assert.Matches(@"(?m)^  ok +EnergyPlus 25\.2\.0 in .* \(used\) runs: EnergyPlus, Version 25\.2\.0-cf7368216c", output);
        Assert.Contains("Slab no", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_of_an_EnergyPlus_without_its_library_names_what_is_missing_and_fails()
    {
        foreach (var name in new[] { "energyplus", "Energy+.idd" }) File.Copy(Path.Combine(RealParts.EnergyPlus(), name), _folder[name]);

        var (exitCode, output) = await RunAsync(("ENERGYPLUS_DIR", _folder.Path));

        Assert.Equal(1, exitCode);
        Assert.Matches(@"(?m)^  PROBLEM  EnergyPlus 25\.2\.0 in .* does not run: .*missing libraries: .*libenergyplusapi\.so", output);
    }

    [Fact]
    public async Task Doctor_without_EnergyPlus_says_where_it_looked_and_goes_on()
    {
        var (exitCode, output) = await RunAsync(("ENERGYPLUS_DIR", _folder["none"]));

        Assert.Equal(1, exitCode);
        Assert.Matches($@"(?m)^  PROBLEM .*{Regex.Escape(_folder["none"])}", output);
        Assert.Contains("Function settings", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_names_variables_that_mean_nothing_and_values_that_cannot_be_used()
    {
        var (unknown, aboutUnknown) = await RunAsync(("IDFKIT_ANUAL", "1"));
        var (bad, aboutBad) = await RunAsync(("IDFKIT_ANNUAL", "sometimes"));
        var (_, aboutGood) = await RunAsync(("IDFKIT_ANNUAL", "yes"));

        Assert.Equal((1, 1), (unknown, bad));
        Assert.Matches("(?m)^  PROBLEM  IDFKIT_ANUAL ", aboutUnknown);
        Assert.Matches("(?m)^  PROBLEM  IDFKIT_ANNUAL is 'sometimes'", aboutBad);
        Assert.Matches("(?m)^  ok +set and sane: IDFKIT_ANNUAL", aboutGood);
    }

    [Fact]
    public async Task Doctor_never_shows_a_secret()
    {
        var (exitCode, output) = await RunAsync(
            ("AWS_ACCESS_KEY_ID", "KEYID1234567890"), ("AWS_SECRET_ACCESS_KEY", "hidden-secret"), ("AWS_SESSION_TOKEN", "hidden-token"),
            ("AWS_ENDPOINT_URL_S3", "http://someone:hidden-password@127.0.0.1:1"));

        Assert.Equal(1, exitCode);
        Assert.Contains("credentials in AWS_ACCESS_KEY_ID", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  PROBLEM  http://127\.0\.0\.1:1 does not answer", output);
        Assert.DoesNotContain("hidden", output, StringComparison.Ordinal);
        Assert.DoesNotContain("KEYID1234567890", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_with_a_bucket_writes_reads_and_removes_below_its_output_prefix()
    {
        await using var dev = Tool.Start(new Dictionary<string, string>(), "dev", _folder["bucket"], "--bootstrap",
            Path.Combine(AppContext.BaseDirectory, "ScriptedFunction"));
        await dev.SaysAsync("Ctrl-C stops");
        var endpoint = Regex.Match(dev.Output, @"(?m)^Endpoint\s+(\S+)").Groups[1].Value;
        (string, string)[] server = [
            ("AWS_ENDPOINT_URL_S3", endpoint), ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local-secret"), ("AWS_REGION", "us-east-1")
        ];

        var (_, there) = await RunAsync(server, "--bucket", "local");
        var (_, absent) = await RunAsync(server, "--bucket", "no-such-bucket");

        Assert.Matches("(?m)^  ok +http://.* answers", there);
        Assert.Matches("(?m)^  ok +can list .*/inputs/", there);
        Assert.Matches("(?m)^  ok +can write, read and remove below .*/outputs/", there);
        Assert.DoesNotContain(Directory.GetFiles(_folder["bucket"], "*", SearchOption.AllDirectories),
            file => file.Contains("idfkit-doctor-", StringComparison.Ordinal));
        Assert.Matches("(?m)^  PROBLEM  there is no bucket no-such-bucket", absent);
    }

    [Fact]
    public async Task Doctor_finds_the_engine_host_beside_the_function_that_dev_starts()
    {
        // A program that is not compiled ahead of time: a small starter and its .dll.
        foreach (var name in new[] { "bootstrap", "idfkit-engine", "idfkit-engine.dll" })
            await File.WriteAllTextAsync(_folder[name], "x", Token);

        var (_, output) = await RunAsync(("IDFKIT_BOOTSTRAP", _folder["bootstrap"]), ("ENERGYPLUS_DIR", _folder["none"]));

        Assert.Matches($"(?m)^  note     {Regex.Escape(_folder["idfkit-engine"])} cannot be tried without EnergyPlus", output);
    }

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "doctor", "--help");

        Assert.Equal(0, exitCode);
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Doctor", "doctor-help.txt");
        Assert.Equal((await File.ReadAllTextAsync(reviewed, Token)).Trim(), output.Trim());
    }

    private static Task<(int ExitCode, string Output)> RunAsync(params (string Name, string Value)[] variables) => RunAsync(variables, []);

    private static Task<(int ExitCode, string Output)> RunAsync((string Name, string Value)[] variables, params string[] arguments) =>
        Tool.RunAsync(variables.ToDictionary(variable => variable.Name, variable => variable.Value), ["doctor", .. arguments]);
}
