using System.Diagnostics;
using System.Runtime.InteropServices;

using TestBed;

namespace IdfKit.Cli.Tests.Doctor;

/// <summary>
/// What <c>doctor</c> finds that a confined run reaches: on this kernel, and on one without a layer, which a filter around
/// the tool plays: it answers the layer's system calls as an older kernel does.
/// </summary>
public sealed class ConfinementTests : IDisposable
{
    private const string OlderKernel = """
        #include <errno.h>
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <stdlib.h>
        #include <sys/prctl.h>
        #include <unistd.h>
        int main(int count, char **arguments) {
            int first = atoi(arguments[1]), last = atoi(arguments[2]);
            struct sock_filter filter[] = {
                { BPF_LD | BPF_W | BPF_ABS, 0, 0, 0 },
                { BPF_JMP | BPF_JGE | BPF_K, 0, 2, first },
                { BPF_JMP | BPF_JGT | BPF_K, 1, 0, last },
                { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS },
                { BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW },
            };
            struct sock_fprog program = { 5, filter };
            prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) return 99;
            execv(arguments[3], arguments + 3);
            return 98;
        }
        """;

    private static readonly string[] OfFilter =
    [
        "make a TCP socket", "make a multipath TCP socket", "make a UDP socket", "make a netlink socket",
        "have a file signal that process", "make the call that traces another", "start a process", "leave its session",
        "make an io_uring", "make a link",
    ];

    private static readonly string[] OfLandlock = ["read a file outside", "list a folder outside", "write a file outside"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Doctor_tries_each_attack_and_finds_it_refused()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        var output = await ExamineAsync([]);
        var (refused, reached) = Read(output);
        Assert.Superset(OfFilter.ToHashSet(), refused);
        if (output.Contains("landlock", StringComparison.Ordinal)) Assert.Superset(OfLandlock.ToHashSet(), refused);
        else Assert.Superset(OfLandlock.ToHashSet(), reached);
    }

    [Fact]
    public async Task Doctor_on_a_kernel_without_Landlock_finds_that_files_are_reached_and_nothing_else()
    {
        var output = await ExamineAsync(["444", "446"]);
        var (refused, reached) = Read(output);
        Assert.Contains("warning  runs are confined by filter alone", output, StringComparison.Ordinal);
        Assert.Superset(OfFilter.ToHashSet(), refused);
        Assert.Superset(OfLandlock.ToHashSet(), reached);
        Assert.Empty(reached.Except([.. OfLandlock, "read that process's environment"]));
    }

    [Fact]
    public async Task Doctor_on_a_kernel_without_filters_says_that_Landlock_is_alone()
    {
        var seccomp = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "277" : "317";
        var output = await ExamineAsync([seccomp, seccomp]);
        var (_, reached) = Read(output);
        Assert.Matches("(?m)^  warning  (runs are confined by landlock [0-9]+ alone|the kernel confines nothing)", output);
        Assert.Contains("make a UDP socket", reached);
    }

    [Fact]
    public async Task Doctor_on_a_kernel_without_either_says_that_nothing_confines()
    {
        var outer = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "277" : "317";
        var wrapper = await CompiledAsync();
        var output = await ExamineAsync(["444", "446", wrapper, outer, outer]);
        Assert.Contains("warning  the kernel confines nothing", output, StringComparison.Ordinal);
        Assert.Contains("make a TCP socket", Read(output).Reached);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string EngineHost
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
            return Repository.PathOf("src", "IdfKit.Engine.Host", "bin", output.Parent!.Name, output.Name, "idfkit-engine");
        }
    }

    private static (HashSet<string> Refused, HashSet<string> Reached) Read(string output)
    {
        const string Refused = "tried, and refused: ", Reached = "a confined run could ";
        var lines = output.Split('\n');
        var refused = lines.FirstOrDefault(line => line.Contains(Refused, StringComparison.Ordinal)) ?? "";
        return (
            [.. refused.Split(Refused)[^1].Split(", ", StringSplitOptions.TrimEntries)],
            [.. lines.Where(line => line.Contains(Reached, StringComparison.Ordinal))
                .Select(line => line.Split(Reached)[1].Split(": ")[0])]);
    }

    /// <param name="absent">The first and the last of the system calls that the kernel does not have; none: it is this one.</param>
    private async Task<string> ExamineAsync(string[] absent)
    {
        string[] command = [Tool.Program, "doctor", "--engine-host", EngineHost];
        if (absent.Length > 0) command = [await CompiledAsync(), .. absent, .. command];
        return await RunAsync(command);
    }

    private async Task<string> CompiledAsync()
    {
        Needs.That(File.Exists("/usr/bin/cc"), Needs.Compiler);
        var program = _folder["older-kernel"];
        if (File.Exists(program)) return program;
        await File.WriteAllTextAsync(program + ".c", OlderKernel, Token);
        Assert.Equal("", await RunAsync(["/usr/bin/cc", "-o", program, program + ".c"]));
        return program;
    }

    private static async Task<string> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, Environment = { ["ENERGYPLUS_DIR"] = "/nowhere" }
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return output;
    }
}
