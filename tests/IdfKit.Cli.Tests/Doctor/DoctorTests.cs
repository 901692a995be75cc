using System.Collections;

using Amazon.S3;

using IdfKit.Cli.Doctor;

using TestBed;

namespace IdfKit.Cli.Tests.Doctor;

public sealed class DoctorTests(RgwServer server) : IClassFixture<RgwServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_is_as_reviewed()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "doctor", "--help");

        Assert.Equal(0, exitCode);
        var reviewed = Repository.PathOf("tests", "IdfKit.Cli.Tests", "Doctor", "doctor-help.txt");
        Assert.Equal((await File.ReadAllTextAsync(reviewed, Token)).Trim(), output.Trim());
    }

    [Fact]
    public async Task The_real_EnergyPlus_is_well()
    {
        var (exitCode, output) = await DoctorAsync([], "--energyplus", RealParts.EnergyPlus());

        Assert.True(exitCode == 0, output);
        Assert.Contains("25.2.0 (cf7368216c)  runs", output, StringComparison.Ordinal);
        Assert.EndsWith("All is well.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_EnergyPlus_that_lacks_a_library_is_named_with_the_library()
    {
        Install("echo \"$0: error while loading shared libraries: libX11.so.6: cannot open shared object file\" >&2; exit 127");

        var (exitCode, output) = await DoctorAsync([], "--energyplus", _folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("does not run", output, StringComparison.Ordinal);
        Assert.Contains("libX11.so.6", output, StringComparison.Ordinal);
        Assert.StartsWith("To do: install what EnergyPlus", LastLine(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_EnergyPlus_says_what_to_do()
    {
        var (exitCode, output) = await DoctorAsync([], "--energyplus", _folder["nowhere"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("ENERGYPLUS_DIR", LastLine(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_host_that_does_not_work_says_why()
    {
        Install("echo EnergyPlus, Version 25.2.0");
        File.WriteAllText(_folder["libenergyplusapi.so"], "");
        Script("idfkit-engine", "echo 'idfkit-engine: unavailable: no libstdc++'");

        var (exitCode, output) = await DoctorAsync([], "--energyplus", _folder.Path, "--engine", _folder["idfkit-engine"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("does not work: no libstdc++", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_told_apart_as_usable_wrong_and_unknown()
    {
        var findings = VariableFindings.Look(new Hashtable { ["IDFKIT_ANNUAL"] = "yes", ["IDFKIT_PROGRESS_SECONDS"] = "soon", ["IDFKIT_WETHER"] = "x", ["HOME"] = "/" });

        Assert.Equal(
            [("IDFKIT_ANNUAL", null), ("IDFKIT_PROGRESS_SECONDS", "correct IDFKIT_PROGRESS_SECONDS"), ("IDFKIT_WETHER", "correct or remove IDFKIT_WETHER")],
            findings.Select(finding => (finding.Subject, finding.ToDo)));
    }

    [Fact]
    public void Variables_that_contradict_each_other_are_told() =>
        Assert.Contains(VariableFindings.Look(new Hashtable { ["IDFKIT_OUTPUT_PREFIX"] = "inputs/out/" }), finding => finding.ToDo is not null);

    [Fact]
    public async Task A_bucket_is_listed_read_and_written_and_left_as_it_was()
    {
        var bucket = RgwServer.NewBucketName();
        using var client = new AmazonS3Client(server.AccessKeyId, server.SecretAccessKey, new AmazonS3Config { ServiceURL = server.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED });
        await client.PutBucketAsync(bucket, Token);
        await client.PutObjectAsync(new() { BucketName = bucket, Key = "inputs/a.idf", ContentBody = "Version,25.2;" }, Token);
        Install("echo EnergyPlus, Version 25.2.0");

        var (exitCode, output) = await DoctorAsync(Credentials(server.SecretAccessKey), "--energyplus", _folder.Path, "--bucket", bucket, "--endpoint-url", server.EndpointUrl.AbsoluteUri);

        Assert.True(exitCode == 0, output);
        foreach (var step in new[] { "list inputs/", "read inputs/", "list outputs/", "write outputs/", "read outputs/", "remove outputs/" }) Assert.Contains("ok  " + step, output, StringComparison.Ordinal);
        Assert.Equal(["inputs/a.idf"], (await client.ListObjectsV2Async(new() { BucketName = bucket }, Token)).S3Objects.Select(found => found.Key));
    }

    [Fact]
    public async Task Wrong_credentials_and_absent_buckets_are_told_without_a_secret()
    {
        const string Secret = "wrongsecretkey00000000000000000000000001";
        Install("echo EnergyPlus, Version 25.2.0");
        string[] arguments = ["--energyplus", _folder.Path, "--bucket", RgwServer.NewBucketName(), "--endpoint-url", server.EndpointUrl.AbsoluteUri];

        var (wrong, told) = await DoctorAsync(Credentials(Secret), arguments);
        var (absent, toldAbsent) = await DoctorAsync(Credentials(server.SecretAccessKey), arguments);

        Assert.Equal((1, 1), (wrong, absent));
        Assert.Contains("SignatureDoesNotMatch", told, StringComparison.Ordinal);
        Assert.Contains("there is no bucket", toldAbsent, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        Assert.StartsWith("To do: list inputs/: check credentials", LastLine(told), StringComparison.Ordinal);
        Assert.StartsWith("To do: list inputs/", LastLine(toldAbsent), StringComparison.Ordinal);
    }

    private Dictionary<string, string> Credentials(string secret) =>
        new() { ["AWS_ACCESS_KEY_ID"] = server.AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = secret, ["AWS_REGION"] = "us-east-1" };

    private static Task<(int ExitCode, string Output)> DoctorAsync(Dictionary<string, string> variables, params string[] arguments) =>
        Tool.RunAsync(variables, ["doctor", .. arguments]);

    private static string LastLine(string output) => output.TrimEnd().Split('\n')[^1];

    private void Install(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell in the place of EnergyPlus");
        File.WriteAllText(_folder["Energy+.idd"], "!IDD_Version 25.2.0\n");
        Script("energyplus", script);
    }

    private void Script(string name, string script)
    {
        File.WriteAllText(_folder[name], "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder[name], (UnixFileMode)0b111_101_101);
    }
}
