using System.Security.Cryptography;
using TestBed;

namespace IdfKit.Deployment.Tests;

/// <summary>What the image's build does with what it is given; the build itself needs a container engine.</summary>
public sealed class ImageTests : IDisposable
{
    private static readonly string Install = Repository.PathOf("src", "IdfKit.Lambda", "install-energyplus.sh");
    private const int Slots = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dockerfile_builds_on_the_published_packages_and_never_falls_back_by_itself()
    {
        var text = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        Assert.DoesNotContain("AmazonLambda=standins", text, StringComparison.Ordinal);
        Assert.Contains("ARG AmazonLambda=published", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("probe-amazon.sh --again)\" != published", StringComparison.Ordinal) is > 0 and var check
            && check < text.IndexOf("publish.sh /function", StringComparison.Ordinal), "the packages are checked before the build");
        Assert.Contains("""ENTRYPOINT ["/var/task/bootstrap"]""", text, StringComparison.Ordinal);
        Assert.Contains("USER 1654:1654", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_pins_its_bases_restores_before_sources_and_labels_the_revision()
    {
        var text = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        foreach (var name in new[] { "BUILD_BASE", "FINAL_BASE" })
            Assert.Matches($@"(?m)^ARG {name}=[a-z./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{{64}}$", text);
        InOrder(
            text, "COPY --from=projects", "publish.sh --restore", "COPY . .\nRUN ./eng/publish.sh /function", "eng/notices.sh /notices");
        Assert.Contains("org.opencontainers.image.revision=\"${REVISION}\"", text, StringComparison.Ordinal);
        Assert.Contains("COPY --from=build /notices/ /var/task/", text, StringComparison.Ordinal);
        // What sam build's builder does not know.
        Assert.DoesNotMatch(@"--mount=|<<[A-Z]|--parents|--link", text);
    }

    /// <summary>The stage `projects` of the Dockerfile leaves just what a restore needs: another source file changes nothing.</summary>
    [Fact]
    public async Task Project_files_alone_are_what_the_restore_layer_is_made_of()
    {
        var text = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        var stage = text[text.IndexOf("AS projects", StringComparison.Ordinal)..];
        var cut = stage[(stage.IndexOf("RUN ", StringComparison.Ordinal) + 4)..];
        cut = cut[..cut.IndexOf("\n\n", StringComparison.Ordinal)].Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (var place in new[] { "src", "eng", "tests/TestBed" })
            await Tool.RunAsync("cp", Repository.Root, "-r", "--parents", place, _folder.Path);
        File.Copy(Repository.PathOf("global.json"), _folder["global.json"]);

        var result = await Tool.RunAsync("sh", _folder.Path, "-c", cut);

        Assert.True(result.ExitCode == 0, result.Error);
        var left = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder.Path, path)).ToList();
        Assert.Contains("src/IdfKit.Lambda/IdfKit.Lambda.csproj", left);
        Assert.Contains("eng/AmazonLambda.props", left);
        Assert.Contains("eng/publish.sh", left);
        Assert.DoesNotContain(left, path => path.EndsWith(".cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Image_of_stand_ins_is_never_labelled_published()
    {
        var dockerfile = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        InOrder(
            dockerfile, "dev.idfkit.amazon-lambda=\"${AmazonLambda}\"",
            "made=$(cat /var/task/amazon-lambda); [ \"$made\" = \"$AmazonLambda\" ]");
        var prove = File.ReadAllText(Repository.PathOf("eng", "prove-image.sh"));
        InOrder(
            prove, "amazon=${AmazonLambda:-$(\"$root/eng/probe-amazon.sh\")}", "--build-arg \"AmazonLambda=$amazon\"",
            "Not built here: Amazon's packages");
    }

    [Fact]
    public async Task Real_archive_is_cut_down_and_runs_with_its_licence()
    {
        Needs.NotQuick("EnergyPlus");
        var archive = Directory.GetFiles(RealParts.Shared("energyplus"), "*.tar.xz").Single();
        var target = _folder["energyplus"];
        var result = await Tool.RunAsync("sh", _folder.Path, Install, "25.2.0", target, archive, SumOf(archive));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("25.2.0", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(target, "LICENSE.txt")));
        var bill = System.Text.Json.Nodes.JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(target, "sbom.cdx.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal("CycloneDX", bill["bomFormat"]!.GetValue<string>());
        Assert.Equal(SumOf(archive), bill["components"]![0]!["externalReferences"]![0]!["hashes"]![0]!["content"]!.GetValue<string>());
        var size = new DirectoryInfo(target).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(size, 50_000_000, 330_000_000);
    }

    [Fact]
    public async Task Archive_with_another_sum_stops_the_build()
    {
        var archive = await ArchiveAsync("energyplus");
        await StopsAsync("not the one that was checked", "25.2.0", _folder["out"], archive, new string('0', 64));
    }

    [Fact]
    public async Task Sum_that_is_no_sum_stops_the_build() =>
        await StopsAsync("ENERGYPLUS_SHA256 is 'abc'", "25.2.0", _folder["out"], "/nowhere.tar.gz", "abc");

    [Fact]
    public async Task Archive_that_cannot_be_had_stops_the_build() =>
        await StopsAsync("cannot be read", "25.2.0", _folder["out"], _folder["absent.tar.gz"], new string('0', 64));

    [Fact]
    public async Task Version_without_a_checked_archive_stops_the_build() =>
        await StopsAsync("no checked archive of EnergyPlus 1.0.0", "1.0.0", _folder["out"]);

    [Fact]
    public async Task Archive_without_a_licence_stops_the_build()
    {
        var archive = await ArchiveAsync("energyplus");
        await StopsAsync("holds no licence", "25.2.0", _folder["out"], archive, SumOf(archive));
    }

    [Fact]
    public async Task Archive_that_is_no_EnergyPlus_stops_the_build()
    {
        var archive = await ArchiveAsync("LICENSE.txt");
        await StopsAsync("holds no energyplus", "25.2.0", _folder["out"], archive, SumOf(archive));
    }

    [Fact]
    public async Task Several_versions_get_a_folder_each_and_slots_past_the_list_stay_empty()
    {
        var (old, current) = (await EnergyPlusAsync("77.1.0"), await EnergyPlusAsync("78.2.0"));
        var machine = (await Tool.RunAsync("uname", _folder.Path, "-m")).Output.Trim();
        await File.WriteAllTextAsync(
            _folder["archives.txt"],
            $"# list\n77.1.0 {machine} {SumOf(old)} {old}\n78.2.0 {machine} {SumOf(current)} {current}\n",
            TestContext.Current.CancellationToken);

        for (var slot = 1; slot <= Slots; slot++)
        {
            var result = await RunAsync([("IDFKIT_ENERGYPLUS_ARCHIVES", _folder["archives.txt"])],
                "--slot", $"{slot}", _folder[$"out{slot}", "energyplus"], "77.1.0, 78.2.0");
            Assert.True(result.ExitCode == 0, result.Error);
        }

        string[] made = [.. Enumerable.Range(1, Slots)
            .SelectMany(slot => Directory.GetDirectories(_folder[$"out{slot}", "energyplus"]))
            .Select(Path.GetFileName)!];
        Assert.Equal(["77.1.0", "78.2.0"], made);
        Assert.True(Directory.Exists(_folder["out6", "energyplus"]), "there is something to copy");
    }

    [Fact]
    public async Task First_of_the_list_can_be_an_archive_of_ones_own()
    {
        var archive = await EnergyPlusAsync("77.1.0");

        var result = await RunAsync([], "--slot", "1", _folder["out"], "77.1.0 78.2.0", archive, SumOf(archive));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(File.Exists(_folder["out", "77.1.0", "energyplus"]));
    }

    [Theory]
    [InlineData("", "ENERGYPLUS_VERSIONS is empty")]
    [InlineData("9.3.0 9.1.0 8.9.0 25.2.0 24.1.0 24.2.0 23.1.0", "names 7 versions, and the image has room for 6")]
    [InlineData("9.3.0 9.3.0", "with one version twice")]
    [InlineData("newest", "'newest' is no version of EnergyPlus")]
    [InlineData("25.2.0/../..", "is no version of EnergyPlus")]
    public async Task List_that_cannot_be_built_stops_the_build(string versions, string sentence) =>
        await StopsAsync(sentence, "--slot", "1", _folder["out"], versions);

    [Fact]
    public async Task Transition_programs_of_the_newest_are_kept_when_they_are_asked_for()
    {
        var archive = await EnergyPlusAsync("78.2.0", withTransitions: true);
        var asked = new[] { ("ENERGYPLUS_TRANSITIONS", "true") };

        Assert.Equal(0, (await RunAsync(asked, "--slot", "1", _folder["with"], "78.2.0 77.1.0", archive, SumOf(archive))).ExitCode);
        Assert.Equal(0, (await RunAsync(asked, "--slot", "1", _folder["older"], "78.2.0 79.1.0", archive, SumOf(archive))).ExitCode);
        Assert.Equal(0, (await RunAsync([], "--slot", "1", _folder["without"], "78.2.0", archive, SumOf(archive))).ExitCode);

        var updater = Path.Combine("78.2.0", "PreProcess", "IDFVersionUpdater");
        string[] kept = [.. Directory.GetFiles(_folder["with", updater]).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(
            ["Report Variables 78-1-0 to 78-2-0.csv", "Transition-V78-1-0-to-V78-2-0", "V78-1-0-Energy+.idd", "V78-2-0-Energy+.idd"], kept);
        Assert.False(Directory.Exists(_folder["older", updater]));
        Assert.False(Directory.Exists(_folder["without", updater]));
    }

    [Fact]
    public async Task Transition_programs_that_are_not_there_stop_the_build()
    {
        var archive = await EnergyPlusAsync("78.2.0");

        var result = await RunAsync([("ENERGYPLUS_TRANSITIONS", "true")], "78.2.0", _folder["out"], archive, SumOf(archive));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("holds no Transition programs, which ENERGYPLUS_TRANSITIONS asks for", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_with_a_folder_within_its_folder_is_found()
    {
        var archive = await EnergyPlusAsync("77.1.0", inside: "EnergyPlus-77-1-0");

        Assert.Equal(0, (await RunAsync([], "77.1.0", _folder["out"], archive, SumOf(archive))).ExitCode);
        Assert.True(File.Exists(_folder["out", "energyplus"]));
    }

    [Fact]
    public void Every_slot_has_a_stage_and_a_layer_and_lists_stand_in_one_file()
    {
        var dockerfile = File.ReadAllText(Repository.PathOf("src", "IdfKit.Lambda", "Dockerfile"));
        for (var slot = 1; slot <= Slots; slot++)
        {
            Assert.Contains($"FROM installer AS engine{slot}\nARG ENERGYPLUS_VERSIONS\nARG ENERGYPLUS_TRANSITIONS\n",
                dockerfile, StringComparison.Ordinal);
            Assert.Contains($"--slot {slot} /out/energyplus \"$ENERGYPLUS_VERSIONS\"", dockerfile, StringComparison.Ordinal);
            Assert.Contains($"COPY --from=engine{slot} /out/ /opt/\n", dockerfile, StringComparison.Ordinal);
        }
        Assert.Contains($"slots={Slots} ", File.ReadAllText(Install), StringComparison.Ordinal);
        Assert.DoesNotContain($"engine{Slots + 1}", dockerfile, StringComparison.Ordinal);
        Assert.Contains("ENV ENERGYPLUS_DIR=/opt/energyplus", dockerfile, StringComparison.Ordinal);
        Assert.Contains("eng/energyplus-archives.txt", dockerfile, StringComparison.Ordinal);
        Assert.Contains("$root/eng/energyplus-archives.txt",
            File.ReadAllText(Repository.PathOf("eng", "energyplus.sh")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Listed_archives_have_a_version_a_machine_a_sum_and_a_url_that_belong_together()
    {
        string[][] lines = [.. File.ReadLines(Repository.PathOf("eng", "energyplus-archives.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' '))];

        Assert.Equal("25.2.0", lines[0][0]);
        Assert.All(lines, line =>
        {
            Assert.Equal(4, line.Length);
            Assert.Matches("^[0-9a-f]{64}$", line[2]);
            Assert.Contains($"EnergyPlus-{line[0]}-", line[3], StringComparison.Ordinal);
            Assert.EndsWith(line[1] == "aarch64" ? "arm64.tar.gz" : line[1] + ".tar.gz", line[3], StringComparison.Ordinal);
        });
        Assert.Equal(lines.Length, lines.Select(line => (line[0], line[1])).Distinct().Count());
        Assert.Superset(new HashSet<string> { "25.2.0", "9.3.0", "9.1.0", "8.9.0" }, lines.Select(line => line[0]).ToHashSet());
    }

    [Theory]
    [InlineData("", 2, "usage: eng/publish.sh")]
    [InlineData("--fast", 2, "does not know --fast")]
    [InlineData("a b", 2, "'a' and 'b'")]
    [InlineData("--help", 0, "--jit")]
    public async Task Publish_script_says_what_it_wants(string arguments, int exitCode, string said)
    {
        var result = await Tool.RunAsync(Repository.PathOf("eng", "publish.sh"), _folder.Path,
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(said, result.Output + result.Error, StringComparison.Ordinal);
    }

    private static void InOrder(string text, params string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is not there, or too early");
            from = found + part.Length;
        }
    }

    private static async Task StopsAsync(string sentence, params string[] arguments)
    {
        var result = await Tool.RunAsync("sh", Path.GetTempPath(), [Install, .. arguments]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync((string Name, string Value)[] environment, params string[] arguments) =>
        Tool.RunAsync("env", _folder.Path,
            [.. environment.Select(variable => $"{variable.Name}={variable.Value}"), "sh", Install, .. arguments]);

    /// <summary>An archive whose program is a script that tells a version.</summary>
    private async Task<string> EnergyPlusAsync(string version, bool withTransitions = false, string inside = "")
    {
        var top = _folder["packed-" + version, "EnergyPlus-" + version, inside];
        Directory.CreateDirectory(top);
        await WriteAsync(Path.Combine(top, "energyplus"), $"#!/bin/sh\necho 'EnergyPlus, Version {version}-0123456789'\n");
        foreach (var file in new[] { "ExpandObjects", "Energy+.idd", "LICENSE.txt" }) await WriteAsync(Path.Combine(top, file), "");
        if (withTransitions)
        {
            var updater = Directory.CreateDirectory(Path.Combine(top, "PreProcess", "IDFVersionUpdater")).FullName;
            string[] files = [
                "Transition-V78-1-0-to-V78-2-0", "V78-1-0-Energy+.idd", "V78-2-0-Energy+.idd",
                "Report Variables 78-1-0 to 78-2-0.csv", "IDFVersionUpdater"
            ];
            foreach (var file in files) await WriteAsync(Path.Combine(updater, file), "");
        }
        var made = await Tool.RunAsync("tar", _folder.Path, "-cf", version + ".tar", "-C", "packed-" + version, "EnergyPlus-" + version);
        Assert.Equal(0, made.ExitCode);
        return _folder[version + ".tar"];
    }

    private static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private async Task<string> ArchiveAsync(string file)
    {
        Directory.CreateDirectory(_folder["top"]);
        await File.WriteAllTextAsync(_folder["top", file], "#!/bin/sh\n", TestContext.Current.CancellationToken);
        var made = await Tool.RunAsync("tar", _folder.Path, "-cf", "archive.tar", "top");
        Assert.Equal(0, made.ExitCode);
        return _folder["archive.tar"];
    }

    private static string SumOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
