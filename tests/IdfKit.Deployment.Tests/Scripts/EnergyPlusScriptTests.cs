using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using TestBed;

namespace IdfKit.Deployment.Tests.Scripts;

/// <summary><c>eng/energyplus.sh</c>: finds, mends, unpacks or fetches an EnergyPlus, and says why not in one line for each way.</summary>
public sealed class EnergyPlusScriptTests : IDisposable
{
    private const string Good = "echo 'EnergyPlus, Version 77.1.0-abcdef0123, YMD=2026.11.25 21:00'";
    private const string LacksX11 =
        "echo \"$0: error while loading shared libraries: libX11.so.6: cannot open shared object file: "
            + "No such file or directory\" >&2; exit 127";

    private static readonly string Script = Repository.PathOf("eng", "energyplus.sh");
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public EnergyPlusScriptTests()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(_folder["home"]);
        Directory.CreateDirectory(_folder["programs"]);
        List("http://127.0.0.1:9/nobody-listens", new('0', 64));
        _environment = new()
        {
            ["HOME"] = _folder["home"],
            ["IDFKIT_SHARED"] = _folder["none"],
            ["IDFKIT_ENERGYPLUS_ARCHIVES"] = _folder["archives.txt"], // of a version that no machine has
            ["PATH"] = _folder["programs"] + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            ["XDG_CACHE_HOME"] = "",
            ["ENERGYPLUS_DIR"] = "",
            ["http_proxy"] = "", // the server is this test
        };
    }

    private string Cache => _folder["home", ".cache", "idfkit", "energyplus"];

    private string Cached => Path.Combine(Cache, "EnergyPlus-77-1-0");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_is_named_and_runs_is_printed()
    {
        Install(_folder["named"], Good);
        _environment["ENERGYPLUS_DIR"] = _folder["named"];

        Assert.Equal((0, _folder["named"] + "\n", ""), await RunAsync());
    }

    [Theory]
    [InlineData("absent", "there is no such folder")]
    [InlineData("file", "it is a file; give the folder")]
    [InlineData("empty", "there is no program energyplus in it")]
    [InlineData("forbidden", "may not be executed; run chmod +x")]
    [InlineData("older", "it is another version (Version 9.3.0-baff08990c), and 77.1 is needed")]
    [InlineData("processor", "its program is for another kind of machine than this one")]
    [InlineData("crash", "it printed nothing (it crashed with signal 6; it may not be whole, so install it again)")]
    [InlineData("code", "it printed nothing (it ended with code 7)")]
    [InlineData("dictionary", "there is no Energy+.idd beside its program")]
    [InlineData("own library", "it lacks libeplus.so.1; install EnergyPlus again")]
    public async Task One_that_is_named_and_cannot_be_used_is_one_line_and_no_other_is_looked_for(string fault, string reason)
    {
        Install(Cached, Good); // would do
        var named = _folder["named"];
        switch (fault)
        {
            case "file": await File.WriteAllTextAsync(named, "", Token); break;
            case "empty": Directory.CreateDirectory(named); break;
            case "forbidden": Install(named, Good); await Tool.RunAsync("chmod", named, "444", "energyplus"); break;
            case "older": Install(named, "echo 'EnergyPlus, Version 9.3.0-baff08990c, YMD=2020.03.27 10:00'"); break;
            case "processor": Install(named, Good);
            await File.WriteAllBytesAsync(Path.Combine(named, "energyplus"), ForAnotherProcessor(), Token);
            break;
            case "crash": Install(named, "kill -6 $$"); break;
            case "code": Install(named, "exit 7"); break;
            case "dictionary": Install(named, Good); File.Delete(Path.Combine(named, "Energy+.idd")); break;
            case "own library": Install(named, LacksX11.Replace("libX11.so.6", "libeplus.so.1", StringComparison.Ordinal)); break;
        }
        _environment["ENERGYPLUS_DIR"] = named;

        var (exit, output, error) = await RunAsync();

        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith($"ENERGYPLUS_DIR is '{named}', and that cannot be used: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Library_that_is_missing_is_installed_as_root()
    {
        Install(_folder["named"], $"if [ -e '{_folder["installed"]}' ]; then {Good}; else {LacksX11}; fi");
        Program("id", "echo 0");
        Program("apt-get", $"case $* in update*) ;; *) echo \"$*\" >'{_folder["installed"]}' ;; esac");
        _environment["ENERGYPLUS_DIR"] = _folder["named"];

        var (exit, output, error) = await RunAsync();

        Assert.Equal((0, _folder["named"] + "\n"), (exit, output));
        Assert.Contains("Installing libx11-6, which EnergyPlus needs", error, StringComparison.Ordinal);
        Assert.EndsWith(" libx11-6\n", await File.ReadAllTextAsync(_folder["installed"], Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_that_cannot_be_installed_is_named_with_what_apt_said()
    {
        Install(_folder["named"], LacksX11);
        Program("id", "echo 0");
        Program("apt-get", "echo 'E: Temporary failure resolving' >&2; exit 100");
        _environment["ENERGYPLUS_DIR"] = _folder["named"];

        var (exit, _, error) = await RunAsync();

        Assert.Equal(1, exit);
        Assert.Contains("it lacks libX11.so.6, and apt-get could not install libx11-6: E: Temporary failure resolving",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_that_is_missing_is_named_to_an_ordinary_user_with_the_line_to_type_and_nothing_is_fetched()
    {
        await using var server = await ServeAsync(Good);
        Install(Cached, LacksX11);
        Program("id", "echo 1000");
        Program("apt-get", "exit 1");

        var (exit, output, error) = await RunAsync();

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("it lacks libX11.so.6; type: sudo apt-get install libx11-6.", error, StringComparison.Ordinal);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Looking_changes_nothing_and_says_what_could_be_done()
    {
        await using var server = await ServeAsync(Good);
        Directory.CreateDirectory(Cached);

        var (exit, output, error) = await RunAsync("--look");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains($"The EnergyPlus in {Cached} is not whole", error, StringComparison.Ordinal);
        Assert.Contains("EnergyPlus 77.1.0 is not on this machine; eng/energyplus.sh fetches it.", error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Cached));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task One_that_is_nowhere_is_fetched_once()
    {
        await using var server = await ServeAsync(Good);

        var first = await RunAsync();
        var second = await RunAsync();

        Assert.Equal((0, Cached + "\n"), (first.Exit, first.Output));
        Assert.Equal((0, Cached + "\n", ""), second);
        Assert.Equal(1, server.Requests);
        Assert.Equal(["EnergyPlus-77-1-0"], Leftovers());
    }

    [Fact]
    public async Task Two_at_once_fetch_it_once()
    {
        await using var server = await ServeAsync(Good);

        var both = await Task.WhenAll(RunAsync(), RunAsync());

        Assert.All(both, one => Assert.Equal((0, Cached + "\n"), (one.Exit, one.Output)));
        Assert.Equal(1, server.Requests);
    }

    [Theory, InlineData("kill -11 $$"), InlineData("exit 3"), InlineData(
        "echo 'terminate called after throwing std::bad_alloc'; kill -6 $$")]
    public async Task One_in_the_cache_that_is_whole_and_fails_is_kept_and_said(string script)
    {
        await using var server = await ServeAsync(Good);
        Install(Cached, script);

        var (exit, output, error) = await RunAsync();

        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith($"The EnergyPlus in {Cached} cannot be used: ", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Cached, "energyplus")));
        Assert.Equal(0, server.Requests);
    }

    [Theory, InlineData("mkdir"), InlineData("ln -s /etc/hostname"), InlineData("mkfifo")]
    public async Task Lock_that_is_no_file_is_said_and_neither_waited_for_nor_written(string making)
    {
        await using var server = await ServeAsync(Good);
        Directory.CreateDirectory(Cache);
        await Tool.RunAsync("bash", Cache, "-c", making + " .lock");

        var (exit, _, error) = await RunAsync();

        Assert.Equal(
            (1, $"{Path.Combine(Cache, ".lock")} is in the way: it must be a file that can be written; remove it and try again.\n"),
            (exit, error));
    }

    [Fact]
    public async Task Program_that_hangs_is_interrupted_at_once_with_all_that_it_started()
    {
        var mark = "1000." + Environment.ProcessId;
        Install(_folder["named"], $"touch '{_folder["asked"]}'; sleep {mark}");
        _environment["ENERGYPLUS_DIR"] = _folder["named"];
        using var process = Start();
        while (!File.Exists(_folder["asked"])) await Task.Delay(20, Token);

        await Signals.SendAsync("TERM", process.Id, Token);
        await process.WaitForExitAsync(Token);

        Assert.Equal(143, process.ExitCode);
        var left = await Tool.RunAsync("bash", "/", "-c",
            "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'sleep "
                + $"{mark.Replace(".", "[.]", StringComparison.Ordinal)}' || true");
        Assert.Equal("0\n", left.Output);
    }

    [Fact]
    public async Task One_in_the_cache_that_is_not_whole_is_replaced()
    {
        await using var server = await ServeAsync(Good);
        Directory.CreateDirectory(Cached); // half of an archive that somebody unpacked by hand
        Directory.CreateDirectory(Path.Combine(Cache, ".fetch.killed"));

        var (exit, output, error) = await RunAsync();

        Assert.Equal((0, Cached + "\n"), (exit, output));
        Assert.Contains("is not whole (there is no program energyplus in it), so it is removed", error, StringComparison.Ordinal);
        Assert.Equal(["EnergyPlus-77-1-0"], Leftovers());
    }

    [Theory]
    [InlineData("page", "answered with a web page and not with the archive, so there is a proxy or a login page in between")]
    [InlineData("other", "it is not the archive that was checked")]
    [InlineData("half", "prematurely")]
    [InlineData("gone", "127.0.0.1 answered 404 (Not Found)")]
    [InlineData("refused", "Connection refused")]
    [InlineData("unknown", "its host's name cannot be resolved, so there seems to be no network")]
    public async Task One_that_cannot_be_fetched_is_one_line_and_leaves_nothing(string fault, string reason)
    {
        await using var server = await ServeAsync(Good);
        switch (fault)
        {
            case "page": (server.Head, server.Body) = ("HTTP/1.1 200 OK\r\nContent-Type: text/html", "<html>Log in</html>"u8.ToArray());
            break;
            case "other": server.Body[^1] ^= 1; break;
            case "half": server.ClosesAfter = server.Body.Length / 2; break;
            case "gone": (server.Head, server.Body) = ("HTTP/1.1 404 Not Found", []); break;
            case "refused": List("http://127.0.0.1:9/nobody-listens", new('0', 64)); break;
            case "unknown": List("http://no-such-host.invalid/archive.tar.gz", new('0', 64)); break;
        }

        var (exit, output, error) = await RunAsync("--why", _folder["why"]);

        Assert.Equal((1, ""), (exit, output));
        var why = Assert.Single(await File.ReadAllLinesAsync(_folder["why"], Token));
        Assert.StartsWith("EnergyPlus could not be fetched from http://", why, StringComparison.Ordinal);
        Assert.Contains(reason, why, StringComparison.Ordinal);
        Assert.DoesNotContain(why, error, StringComparison.Ordinal); // it is the caller's to say
        Assert.Empty(Leftovers());
    }

    [Fact]
    public async Task One_that_was_fetched_and_lacks_a_library_is_kept_and_not_fetched_again()
    {
        await using var server = await ServeAsync(LacksX11);
        Program("id", "echo 1000");
        Program("apt-get", "exit 1");

        foreach (var _ in new[] { 1, 2 })
        {
            var (exit, _, error) = await RunAsync();
            Assert.Equal(1, exit);
            Assert.Contains("type: sudo apt-get install libx11-6", error, StringComparison.Ordinal);
        }
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Cache_that_cannot_be_written_is_named()
    {
        await using var server = await ServeAsync(Good);
        Directory.CreateDirectory(_folder["home", ".cache"]);
        await File.WriteAllTextAsync(_folder["home", ".cache", "idfkit"], "a file in the cache's place", Token);

        var (exit, _, error) = await RunAsync();

        Assert.Equal((1, $"EnergyPlus cannot be kept: {Cache} cannot be written.\n"), (exit, error));
    }

    [Fact]
    public async Task Full_disk_is_named_and_nothing_is_left()
    {
        await using var server = await ServeAsync(Good, padding: 3 << 20);
        Directory.CreateDirectory(Cache);
        var mounted = await Tool.RunAsync("mount", "/", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Cache);
        Needs.That(mounted.ExitCode == 0, Needs.RightToMount);
        try
        {
            var (exit, output, error) = await RunAsync();

            Assert.Equal((1, ""), (exit, output));
            Assert.Contains("No space left on device", error, StringComparison.Ordinal);
            Assert.Empty(Leftovers());
        }
        finally { await Tool.RunAsync("umount", "/", Cache); }
    }

    [Theory, InlineData("INT", 130), InlineData("TERM", 143)]
    public async Task Interrupted_while_fetching_it_ends_at_once_and_leaves_nothing(string signal, int exitCode)
    {
        await using var server = await ServeAsync(Good);
        server.Stalls = true;
        using var process = Start();
        while (server.Requests == 0) await Task.Delay(50, Token);

        await Tool.RunAsync("bash", "/", "-c", $"kill -{signal} {process.Id}");
        await process.WaitForExitAsync(Token);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Empty(Leftovers());
        var left = await Tool.RunAsync("bash", "/", "-c",
            $"cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'fetch[.]dll {server.Url}' || true");
        Assert.Equal("0\n", left.Output);
    }

    /// <summary>An ELF for the first processor that this machine is not.</summary>
    private static byte[] ForAnotherProcessor()
    {
        var header = new byte[64];
        byte[] start = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        start.CopyTo(header, 0);
        (header[16], header[18]) = (2, 21); // an executable for PowerPC
        return header;
    }

    private static void Install(string folder, string script)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Energy+.idd"), "!IDD_Version 77.1.0\n");
        Executable(Path.Combine(folder, "energyplus"), script);
    }

    private void Program(string name, string script) => Executable(_folder["programs", name], script);

    private static void Executable(string path, string script)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private void List(string url, string sum) =>
        File.WriteAllText(_folder["archives.txt"],
            $"# version machine sha256 url\n77.1.0 x86_64 {sum} {url}\n77.1.0 aarch64 {sum} {url}\n");

    /// <summary>A server with an archive whose only folder holds such a program.</summary>
    private async Task<ArchiveServer> ServeAsync(string script, int padding = 0)
    {
        Install(_folder["packed", "EnergyPlus-77.1.0"], script);
        await File.WriteAllBytesAsync(
            _folder["packed", "EnergyPlus-77.1.0", "padding"], RandomNumberGenerator.GetBytes(padding + 100_000), Token);
        using var packed = new MemoryStream();
        await using (var compressed = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await TarFile.CreateFromDirectoryAsync(_folder["packed"], compressed, includeBaseDirectory: false, Token);
        var server = new ArchiveServer { Body = packed.ToArray() };
        List(server.Url.AbsoluteUri, Convert.ToHexStringLower(SHA256.HashData(server.Body)));
        return server;
    }

    /// <summary>What lies in the cache, the lock left out.</summary>
    private IEnumerable<string> Leftovers() =>
        Directory.Exists(Cache)
            ? Directory.GetFileSystemEntries(Cache)
                .Select(path => Path.GetFileName(path)!)
                .Where(name => name != ".lock")
                .Order(StringComparer.Ordinal)
            : [];

    private Process Start(params string[] arguments)
    {
        // Whoever runs these tests in the background of a shell has SIGINT ignored, and bash cannot trap it then.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "bash", Script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }
}
