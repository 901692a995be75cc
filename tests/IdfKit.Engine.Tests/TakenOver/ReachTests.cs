using System.Globalization;

namespace IdfKit.Engine.Tests.TakenOver;

/// <summary>
/// What code inside EnergyPlus reaches outside of its run's folder: attacks 1 to 5, warm and not, on this kernel and on one without
/// Landlock.
/// </summary>
public sealed class ReachTests
{
    public static TheoryData<bool, bool> Kernels => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    public static MatrixTheoryData<string, bool, bool> Ways =>
        new(["tcp", "mptcp", "fast-open", "udp", "unix"], [true, false], [true, false]);

    [Theory, MemberData(nameof(Kernels))]
    public async Task Signal_handler_on_another_thread_reaches_nothing(bool warm, bool landlock)
    {
        using var hostile = new HostileRun();
        using var listeners = new Listeners(hostile.Outside("listener"));
        var attack = string.Create(
            CultureInfo.InvariantCulture, $"other-thread {hostile.Secret} {listeners.TcpPort} {hostile.Bystander}");

        await hostile.RunAsync(warm, landlock, attack);

        Assert.False(listeners.Heard);
        // Without Landlock nothing of the kernel's keeps files of the same user apart: docs/security.md says so.
        Assert.True(landlock ? hostile.IsRestUnharmed : hostile.IsBystanderUnharmed);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task No_way_into_the_network_is_open(string way, bool warm, bool landlock)
    {
        using var hostile = new HostileRun();
        using var listeners = new Listeners(hostile.Outside("listener"));

        await hostile.RunAsync(warm, landlock, listeners.Attack(way));

        Assert.False(listeners.Heard);
        Assert.Empty(hostile.Reached);
    }

    [Theory]
    [InlineData("unix", 1, 1, 0)]
    [InlineData("IPv4", 2, 1, 0)]
    [InlineData("IPv4 raw", 2, 3, 1)]
    [InlineData("IPv4 SCTP", 2, 1, 132)]
    [InlineData("IPv6", 10, 1, 0)]
    [InlineData("netlink", 16, 3, 0)]
    [InlineData("packet", 17, 3, 0)]
    [InlineData("algorithms", 38, 5, 0)]
    [InlineData("vsock", 40, 1, 0)]
    [InlineData("XDP", 44, 3, 0)]
    public async Task Socket_of_no_family_is_made(string family, int number, int type, int protocol)
    {
        using var hostile = new HostileRun();

        await hostile.RunAsync(
            warm: true, landlock: false, string.Create(CultureInfo.InvariantCulture, $"socket {number} {type} {protocol}"), "socket-pair");

        Assert.True(hostile.Reached.Count == 0, family);
    }

    [Theory]
    [InlineData("kill"), InlineData("tgkill"), InlineData("rt_sigqueueinfo"), InlineData("ptrace")]
    [InlineData("process_vm_readv"), InlineData("process_vm_writev"), InlineData("pidfd_open"), InlineData("pidfd_getfd")]
    [InlineData("io_uring_setup"), InlineData("userfaultfd"), InlineData("bpf"), InlineData("perf_event_open")]
    [InlineData("add_key"), InlineData("keyctl"), InlineData("request_key")]
    [InlineData("unshare"), InlineData("setns"), InlineData("mount"), InlineData("open_tree"), InlineData("fsopen")]
    [InlineData("chroot"), InlineData("pivot_root"), InlineData("mknod"), InlineData("symlink"), InlineData("link")]
    [InlineData("memfd_create"), InlineData("memfd_secret"), InlineData("shmget"), InlineData("mq_open")]
    [InlineData("fanotify_init"), InlineData("quotactl"), InlineData("setuid"), InlineData("affinity")]
    public async Task System_call_that_no_simulation_needs_is_refused(string name)
    {
        using var hostile = new HostileRun();
        var attack = string.Create(CultureInfo.InvariantCulture, $"call {name} {hostile.Bystander} {Path.Combine(hostile.Output, "made")}");

        await hostile.RunAsync(warm: true, landlock: false, attack);

        Assert.Empty(hostile.Reached);
        Assert.True(hostile.IsRestUnharmed);
    }

    [Fact]
    public async Task Thread_may_say_where_it_runs_itself_as_CoreCLR_has_each_of_its_threads_do_before_it_begins()
    {
        using var hostile = new HostileRun();

        await hostile.RunAsync(warm: true, HostileRun.Confined, "call own_affinity 0 -");

        Assert.Equal(["own_affinity"], hostile.Reached);
    }

    [Theory]
    [InlineData("clone_process", true), InlineData("clone_process", false)]
    [InlineData("execve", true), InlineData("execve", false)]
    public async Task No_other_program_is_started(string call, bool warm)
    {
        using var hostile = new HostileRun();
        var made = Path.Combine(hostile.Output, "eplusout.made");

        var run = await hostile.RunAsync(warm, landlock: false, $"call {call} 0 -", $"exec /bin/touch {made}");

        Assert.Empty(hostile.Reached);
        Assert.False(File.Exists(made), run.OutputTail);
    }

    // With Landlock only: see above.
    [Theory, InlineData(true), InlineData(false)]
    public async Task Files_of_others_are_neither_read_nor_written(bool warm)
    {
        using var hostile = new HostileRun();

        await hostile.RunAsync(
            warm, HostileRun.Confined, $"read-outside {hostile.Secret} eplusout.stolen", $"append-outside {hostile.Secret}",
            $"read-outside /proc/{hostile.Bystander}/cmdline eplusout.stolen");

        Assert.True(hostile.IsRestUnharmed);
        Assert.Empty(hostile.Reached);
    }
}
