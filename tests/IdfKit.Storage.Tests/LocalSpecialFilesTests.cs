using System.Diagnostics;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

/// <summary>What else may have a name on a disk, and what other programs do to files meanwhile.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class LocalSpecialFilesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileSystem _fs;

    public LocalSpecialFilesTests() => _fs = new LocalFileSystem(_folder["root"]);

    public void Dispose() => _folder.Dispose();

    [Fact, Rule("R9")]
    public async Task Pipes_sockets_and_devices_are_no_files_and_nobody_waits_for_them()
    {
        _fs.WriteText("file", "x");
        Run("mkfifo", _folder["root", "pipe"]);
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_folder["root", "socket"]));
        File.CreateSymbolicLink(_folder["root", "link"], _folder["root", "pipe"]);
        foreach (var path in new[] { "pipe", "socket", "link" })
        {
            Assert.False(await InTime(() => _fs.Exists(path)));
            Action[] reads =
            [
                () => _fs.ReadBytes(path), () => _fs.ReadText(path), () => _fs.OpenRead(path), () => _fs.ReadRange(path, 0, new byte[1]),
                () => _fs.ReadRanges(path, [new FileRange(0, 1)]), () => _fs.Stat(path),
            () => _fs.Copy(path, "copy"), () => _fs.Move(path, "moved"),
                () => _fs.Remove(path), () => _fs.Download(path, _folder["never"]),
            ];
            foreach (var read in reads) await Fails(StorageErrorKind.NotFound, read);
            Action[] writes =
            [
                () => _fs.WriteText(path, "y"), () => _fs.Write(path, new MemoryStream()), () => _fs.Copy("file", path),
                () => _fs.Move("file", path), () => _fs.OpenWrite(path),
                () => _fs.Write(path, new MemoryStream(), new WriteOptions { IfAbsent = true }), () => _fs.MakeDirectories(path),
            ];
            foreach (var write in writes) await Fails(StorageErrorKind.Conflict, write);
        }
        await Fails(StorageErrorKind.NotFound, () => _fs.Upload(_folder["root", "pipe"], "new"));
        await Fails(StorageErrorKind.Conflict, () => _fs.Download("file", _folder["root", "pipe"]));
        await Fails(StorageErrorKind.Conflict, () => _fs.Download("file", "/dev/null"));
        await Fails(StorageErrorKind.NotFound, () => new MemoryFileSystem().Upload("/dev/zero", "new"));
        await Fails(StorageErrorKind.NotFound, () => new LocalFileSystem("/dev").ReadBytes("zero"));
        Assert.Equal(["file"], await InTime(() => _fs.List("").Select(entry => entry.Path).ToList()));
        Assert.Equal(["file"], await InTime(() => _fs.Glob("", "*").ToList()));
        Assert.Equal(["file"], _fs.ListFolder("", new ListOptions { Limit = 1 }).Select(entry => entry.Path));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder["root"]).Length);
        Assert.Equal("x", _fs.ReadText("file"));
    }

    [Fact, Rule("R9")]
    public async Task File_that_does_not_say_its_size_is_read_to_its_end()
    {
        var proc = new LocalFileSystem("/proc/self");
        var expected = await File.ReadAllTextAsync("/proc/self/cmdline");
        Assert.NotEqual("", expected);
        Assert.Equal(expected, proc.ReadText("cmdline"));
        using (var stream = new StreamReader(proc.OpenRead("cmdline"))) Assert.Equal(expected, await stream.ReadToEndAsync());
        var start = new byte[4];
        Assert.Equal(4, proc.ReadRange("cmdline", 1, start));
        Assert.Equal(expected[1..5], System.Text.Encoding.ASCII.GetString(start));
        Assert.Equal(0, proc.ReadRange("cmdline", long.MaxValue, start));
        Assert.Equal(expected.Length, proc.Download("cmdline", _folder["copy"]).SizeBytes);
        foreach (var fs in new IFileSystem[] { _fs, new MemoryFileSystem(), new NineOperations(new MemoryFileSystem()) })
        {
            Assert.Equal(expected.Length, fs.Upload("/proc/self/cmdline", "f").SizeBytes);
            Assert.Equal(expected, fs.ReadText("f"));
        }
        await new MemoryFileSystem().AsAsync().UploadAsync("/proc/self/cmdline", "f");
    }

    [Fact, Rule("R10")]
    public void File_that_is_cut_off_while_it_is_read_is_a_conflict_and_stores_nothing()
    {
        const int size = 1_000_000;
        Cut(() => _fs.OpenRead("f").CopyTo(Stream.Null), afterOpening: true);
        Cut(() => _fs.Download("f", _folder["down"], new CutAt(this)));
        Assert.False(File.Exists(_folder["down"]));
        File.WriteAllBytes(_folder["up"], new byte[size]);
        foreach (var fs in new IFileSystem[] { _fs, new MemoryFileSystem() })
        {
            File.WriteAllBytes(_folder["up"], new byte[size]);
            var error = Assert.Throws<StorageException>(() => fs.Upload(_folder["up"], "new", null, new CutAt(this, "up")));
            Assert.Equal((StorageErrorKind.Conflict, "Upload", "new", true), (error.Kind, error.Operation, error.Path, error.IsTransient));
            Assert.False(fs.Exists("new"));
        }

        void Cut(Action read, bool afterOpening = false)
        {
            _fs.WriteBytes("f", new byte[size]);
            if (afterOpening)
            {
                using var stream = _fs.OpenRead("f");
                new CutAt(this).Report(0);
                var late = Assert.Throws<StorageException>(() => stream.CopyTo(Stream.Null));
                Assert.Equal((StorageErrorKind.Conflict, "OpenRead", "f", true), (late.Kind, late.Operation, late.Path, late.IsTransient));
                return;
            }
            Assert.Equal(StorageErrorKind.Conflict, Assert.Throws<StorageException>(read).Kind);
        }
    }

    [Fact]
    public void Folder_below_a_file_is_a_conflict()
    {
        _fs.WriteText("file", "x");
        foreach (var existOk in new[] { true, false })
        foreach (var path in new[] { "file", "file/below", "file/be/low" })
        {
            var error = Assert.Throws<StorageException>(() => _fs.MakeDirectories(path, existOk));
            Assert.Equal((StorageErrorKind.Conflict, "MakeDirectories", path), (error.Kind, error.Operation, error.Path));
        }
    }

    [Fact, Rule("L12")]
    public void Pattern_that_no_path_can_match_finds_nothing()
    {
        _fs.WriteText("a/b", "x");
        File.WriteAllText(_folder["beside"], "x");
        string[] odd =
            ["../*", "..", ".", "./*", "a//b", "a/./b", "a/../a/*", "\0*", "a\n*", "\ud800/*", new string('x', 2000) + "*"];
        foreach (var pattern in odd)
            Assert.Empty(_fs.Glob("", pattern));
    }

    private static Task<T> InTime<T>(Func<T> call) => Task.Run(call).WaitAsync(Patience);

    private static async Task Fails(StorageErrorKind kind, Action call)
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => Task.Run(call).WaitAsync(Patience));
        Assert.Equal(kind, error.Kind);
    }

    private static void Run(string program, string argument)
    {
        using var process = Process.Start(program, argument);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Cuts a file off as soon as some of it was read.</summary>
    private sealed class CutAt(LocalSpecialFilesTests test, params string[] file) : IProgress<long>
    {
        public void Report(long value)
        {
            using var cut = File.OpenWrite(test._folder[file.Length == 0 ? ["root", "f"] : file]);
            cut.SetLength(10);
        }
    }
}
