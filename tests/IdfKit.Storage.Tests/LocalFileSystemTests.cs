using System.Diagnostics;
using IdfKit.Storage.Contract;
using TestBed;

namespace IdfKit.Storage.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LocalFileSystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileSystem _fs;

    public LocalFileSystemTests() => _fs = new LocalFileSystem(_folder["root"]);

    public void Dispose() => _folder.Dispose();

    [Fact, Rule("P5")]
    public void Links_that_leave_the_root_are_refused_and_not_listed()
    {
        Directory.CreateDirectory(_folder["root", "in"]);
        Directory.CreateDirectory(_folder["outside"]);
        File.WriteAllText(_folder["outside", "secret"], "secret");
        Directory.CreateSymbolicLink(_folder["root", "folder"], _folder["outside"]);
        Directory.CreateSymbolicLink(_folder["root", "relative"], "../outside");
        File.CreateSymbolicLink(_folder["root", "file"], _folder["outside", "secret"]);
        File.CreateSymbolicLink(_folder["root", "twice"], "file");
        File.CreateSymbolicLink(_folder["root", "circle"], "circle");
        foreach (var path in new[] { "folder/secret", "relative/secret", "file", "twice", "circle", "folder/new/file" })
        {
            Refused(() => _fs.ReadBytes(path));
            Refused(() => _fs.WriteText(path, "x"));
            Refused(() => _fs.Remove(path));
            Refused(() => _fs.Exists(path));
            Refused(() => _fs.Copy(path, "copy"));
            Refused(() => _fs.MakeDirectories(path, existOk: true));
        }
        Refused(() => _fs.List("folder").ToList());
        Assert.Empty(_fs.List(""));
        Assert.Equal("secret", File.ReadAllText(_folder["outside", "secret"]));
    }

    [Fact, Rule("N3")]
    public async Task Writers_that_all_find_no_folder_make_it_together()
    {
        for (var round = 0; round < 300; round++)
        {
            var folder = $"round-{round}/deep";
            await Parallel.ForAsync(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancelled) =>
            {
                await Task.Yield();
                _fs.WriteBytes($"{folder}/{i}", new byte[1], cancelled);
            });
            Assert.Equal(16, _fs.List(folder).Count());
        }
    }

    [Fact, Rule("P5")]
    public void Links_that_stay_inside_are_followed()
    {
        _fs.WriteText("a/b", "x");
        File.CreateSymbolicLink(_folder["root", "link"], "a/b");
        Directory.CreateSymbolicLink(_folder["root", "folder"], "a");
        Assert.Equal("x", _fs.ReadText("link"));
        Assert.Equal("x", _fs.ReadText("folder/b"));
        Assert.Equal(["a/b", "link"], _fs.Glob("", "**"));
    }

    [Fact]
    public void A_root_behind_a_link_works()
    {
        Directory.CreateDirectory(_folder["real"]);
        Directory.CreateSymbolicLink(_folder["alias"], _folder["real"]);
        var fs = new LocalFileSystem(_folder["alias"]);
        fs.WriteText("a", "x");
        File.CreateSymbolicLink(_folder["real", "b"], _folder["real", "a"]);
        Assert.Equal("x", fs.ReadText("b"));
        Assert.Equal(["a", "b"], fs.Glob("", "*"));
    }

    [Fact, Rule("W10")]
    public void A_replaced_file_keeps_its_permissions_and_nothing_is_left_beside()
    {
        _fs.WriteText("f", "1");
        var path = _folder["root", "f"];
        Assert.Equal(UnixFileMode.None,
            File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        _fs.WriteText("f", "2");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder["root"]));
    }

    [Fact, Rule("W10")]
    public void What_a_dead_writer_left_is_neither_listed_nor_reachable()
    {
        _fs.WriteText("a/f", "1");
        File.WriteAllText(_folder["root", "a", ReplacingPrefix + "0"], "half");
        Assert.Equal(["a/f"], _fs.List("").Select(entry => entry.Path));
        Refused(() => _fs.ReadBytes("a/" + ReplacingPrefix + "0"));
    }

    [Fact]
    public void A_file_in_place_of_a_folder_and_a_folder_in_place_of_a_file_are_conflicts()
    {
        _fs.WriteText("file", "x");
        _fs.MakeDirectories("folder");
        Action[] calls =
        [
            () => _fs.WriteText("file/below", "y"),
            () => _fs.WriteText("folder", "y"),
            () => _fs.MakeDirectories("file"),
            () => _fs.MakeDirectories("folder"),
        ];
        foreach (var call in calls)
            Assert.Equal(StorageErrorKind.Conflict, Assert.Throws<StorageException>(call).Kind);
        Assert.Equal(["file"], _fs.Glob("", "**"));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder["root"]).Length);
    }

    [Fact, Rule("P2")]
    public void A_name_too_long_for_the_disk_is_an_invalid_path()
    {
        Refused(() => _fs.WriteText(new string('x', 256), "y"));
        _fs.WriteText(new string('x', 255), "y");
    }

    [Fact, Rule("E3")]
    public void Every_write_of_the_same_size_has_an_etag_of_its_own()
    {
        var etags = Enumerable.Range(0, 500).Select(number => _fs.Write("f", new MemoryStream([(byte)number])).ETag).ToList();
        Assert.Equal(500, etags.Distinct().Count());
    }

    [Fact]
    public void A_full_disk_is_OutOfSpace_and_keeps_the_old_content()
    {
        var mount = _folder["small"];
        Directory.CreateDirectory(mount);
        Needs.That(Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount) == 0, Needs.RightToMount);
        try
        {
            var fs = new LocalFileSystem(mount);
            fs.WriteText("f", "old");
            var error = Assert.Throws<StorageException>(() => fs.WriteBytes("f", new byte[1 << 20]));
            Assert.Equal((StorageErrorKind.OutOfSpace, "WriteBytes", "f"), (error.Kind, error.Operation, error.Path));
            Assert.Equal(StorageErrorKind.OutOfSpace,
                Assert.Throws<StorageException>(() => fs.Write("g/h", new MemoryStream(new byte[1 << 20]))).Kind);
            Assert.Equal("old", fs.ReadText("f"));
            Assert.Equal(["f"], fs.Glob("", "**"));
            Assert.Equal(0, Run("mount", "-o", "remount,ro", mount));
            Assert.Equal(StorageErrorKind.AccessDenied, Assert.Throws<StorageException>(() => fs.WriteText("f", "new")).Kind);
            Assert.Equal(StorageErrorKind.AccessDenied, Assert.Throws<StorageException>(() => fs.Remove("f")).Kind);
            Assert.Equal("old", fs.ReadText("f"));
        }
        finally
        {
            Run("umount", mount);
        }
    }

    private const string ReplacingPrefix = ".idfkit-tmp-";

    private static void Refused(Action call) => Assert.Equal(StorageErrorKind.InvalidPath, Assert.Throws<StorageException>(call).Kind);

    private static void Refused<T>(Func<T> call) => Refused(() => { call(); });

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    [Fact, Rule("B4")]
    public async Task Folder_that_is_removed_while_files_are_written_into_it_is_a_transient_conflict_at_most()
    {
        using var folder = new TemporaryFolder();
        var fs = new AsyncLocalFileSystem(folder.Path);
        var writing = Enumerable.Range(0, 3).Select(writer => WriteAsync(writer)).ToList();
        while (!writing.TrueForAll(task => task.IsCompleted)) await TypedAsync(async () => await fs.RemoveFolderAsync("d"));
        await Task.WhenAll(writing);
        foreach (var entry in await fs.ListAsync("").ToListAsync()) Assert.Equal(1, entry.SizeBytes);

        async Task WriteAsync(int writer)
        {
            await Task.Yield();
            for (var i = 0; i < 60; i++) await TypedAsync(() => fs.WriteTextAsync($"d/e{writer}/{i}", "x"));
        }

        static async Task TypedAsync(Func<Task> call)
        {
            try { await call(); }
            catch (StorageException met) { Assert.Equal((StorageErrorKind.Conflict, true), (met.Kind, met.IsTransient)); }
        }
    }

    [Fact, Rule("M1", "C3")]
    public void Move_of_one_name_of_a_file_onto_another_leaves_no_source()
    {
        using var folder = new TemporaryFolder();
        var fs = new LocalFileSystem(folder.Path);
        fs.WriteText("a", "1");
        using (var linked = System.Diagnostics.Process.Start("ln", [folder["a"], folder["b"]])) linked.WaitForExit();
        fs.Copy("a", "b");
        Assert.Equal(["a", "b"], fs.List("").Select(entry => entry.Path));
        File.Delete(folder["b"]);
        using (var linked = System.Diagnostics.Process.Start("ln", [folder["a"], folder["b"]])) linked.WaitForExit();
        fs.Move("a", "b");
        Assert.Equal(["b"], fs.List("").Select(entry => entry.Path));
        Assert.Equal("1", fs.ReadText("b"));
    }
}
