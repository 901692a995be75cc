using TestBed;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Tests.Folders;

/// <summary>A folder can always be removed, whatever a child has left in it.</summary>
public sealed class FolderRemovalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderRemovalTests()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        File.WriteAllText(_folder["kept"], "another run's");
        Directory.CreateDirectory(Left);
    }

    private string Left => _folder["left"];

    public void Dispose()
    {
        FolderRemoval.TryRemove(Left);
        _folder.Dispose();
    }

    [Fact]
    public void Folders_deeper_than_any_path_go()
    {
        Hostile.Deep(Path.Combine(Left, "d"), 3_000);
        ExpectGone();
    }

    [Fact]
    public void Folders_without_rights_go()
    {
        Directory.CreateDirectory(Path.Combine(Left, "a", "b", "c"));
        File.WriteAllText(Path.Combine(Left, "a", "b", "c", "file"), "");
        Hostile.WithoutRights(Path.Combine(Left, "a", "b", "c"));
        Hostile.WithoutRights(Path.Combine(Left, "a", "b"));
        Hostile.WithoutRights(Path.Combine(Left, "a"));
        Hostile.WithoutRights(Left);
        ExpectGone();
    }

    [Fact]
    public void Names_of_any_bytes_go()
    {
        Hostile.FileNamed(Left, 0xff, 0xfe);
        Hostile.FileNamed(Left, (byte)'a', (byte)'\n', 0x1b);
        Hostile.FileNamed(Left, [.. Enumerable.Repeat((byte)0xe9, 255)]);
        Hostile.FileNamed(Left, (byte)'\\');
        ExpectGone();
    }

    [Fact]
    public void Links_go_and_not_what_they_point_at()
    {
        Directory.CreateDirectory(_folder["others"]);
        File.WriteAllText(_folder["others", "result"], "");
        Directory.CreateSymbolicLink(Path.Combine(Left, "link"), _folder["others"]);
        File.CreateSymbolicLink(Path.Combine(Left, "file"), _folder["kept"]);
        Directory.CreateDirectory(Path.Combine(Left, "sub"));
        Directory.CreateSymbolicLink(Path.Combine(Left, "sub", "up"), "..");
        Hostile.Pipe(Path.Combine(Left, "pipe"));
        Hostile.Socket(Path.Combine(Left, "socket"));
        ExpectGone();
        Assert.True(File.Exists(_folder["others", "result"]));
    }

    [Fact]
    public void Link_in_the_folders_own_place_goes_alone()
    {
        Directory.Delete(Left);
        Directory.CreateSymbolicLink(Left, _folder.Path);
        Assert.True(FolderRemoval.TryRemove(Left));
        Assert.True(File.Exists(_folder["kept"]));
    }

    [Fact]
    public void Many_files_and_wide_folders_go()
    {
        for (var i = 0; i < 50; i++)
        {
            Directory.CreateDirectory(Path.Combine(Left, "w" + i, "x", "y"));
            for (var k = 0; k < 20; k++) File.WriteAllText(Path.Combine(Left, "w" + i, "x", "f" + k), "");
        }
        ExpectGone();
    }

    [Fact]
    public void What_is_not_there_is_gone() => Assert.True(FolderRemoval.TryRemove(_folder["never"]));

    [Fact]
    public void Only_the_wanted_folders_of_a_folder_go()
    {
        Directory.CreateDirectory(_folder["run-1"]);
        Directory.CreateDirectory(_folder["other"]);
        Assert.Empty(FolderRemoval.RemoveFoldersIn(_folder.Path, name => name.StartsWith("run-", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_folder["run-1"]));
        Assert.True(Directory.Exists(_folder["other"]));
    }

    private void ExpectGone()
    {
        Assert.True(FolderRemoval.TryRemove(Left));
        Assert.False(Path.Exists(Left));
        Assert.True(File.Exists(_folder["kept"]));
    }
}
