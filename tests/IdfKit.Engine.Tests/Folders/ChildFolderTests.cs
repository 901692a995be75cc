using TestBed;

using IdfKit.Engine.Folders;

namespace IdfKit.Engine.Tests.Folders;

/// <summary>A folder that a child has written is opened and looked through without following or waiting.</summary>
public sealed class ChildFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ChildFolderTests()
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        File.WriteAllText(_folder["secret"], "another run's");
        Directory.CreateDirectory(Out);
    }

    private string Out => _folder["out"];

    public void Dispose()
    {
        Assert.True(FolderRemoval.TryRemove(Out));
        _folder.Dispose();
    }

    [Fact]
    public void File_that_is_plain_is_read()
    {
        File.WriteAllText(Path.Combine(Out, "eplusout.err"), "said");
        using var folder = ChildFolder.TryOpen(Out)!;
        using var file = folder.TryReadFile("eplusout.err")!;
        Assert.Equal("said", new StreamReader(file).ReadToEnd());
        Assert.True(folder.Has("eplusout.err"));
        Assert.Equal([new FolderEntry("eplusout.err", EntryKind.File, 4)], folder.Entries());
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link-beside")]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("folder")]
    [InlineData("second-name")]
    [InlineData("magic-link")]
    public async Task What_is_no_plain_file_is_neither_opened_nor_waited_for(string kind)
    {
        var path = Path.Combine(Out, "eplusout.err");
        Make(kind, path);
        using var folder = ChildFolder.TryOpen(Out)!;
        using var opened = await Task.Factory.StartNew(() => folder.TryOpenFile("eplusout.err"), TaskCreationOptions.LongRunning)
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Null(opened);
        Assert.False(folder.Has("eplusout.err"));
        var entry = Assert.Single(folder.Entries(), entry => entry.Name is "eplusout.err");
        Assert.NotEqual(EntryKind.File, entry.Kind);
    }

    [Theory, InlineData("../secret"), InlineData("in/../../secret"), InlineData("/etc/passwd"), InlineData("up/secret")]
    public void Path_that_leads_out_is_not_opened(string path)
    {
        Directory.CreateDirectory(Path.Combine(Out, "in"));
        Directory.CreateSymbolicLink(Path.Combine(Out, "up"), _folder.Path);
        using var folder = ChildFolder.TryOpen(Out)!;
        Assert.Null(folder.TryOpenFile(path));
        Assert.Null(folder.TryOpenFolder("up"));
    }

    [Fact]
    public void Names_that_are_no_text_are_told_as_none()
    {
        Hostile.FileNamed(Out, [(byte)'e', 0xff, 0xfe]);
        using var folder = ChildFolder.TryOpen(Out)!;
        Assert.Null(Assert.Single(folder.Entries()).Name);
    }

    [Fact]
    public void Folder_that_is_replaced_after_it_was_opened_is_still_the_one_that_is_read()
    {
        File.WriteAllText(Path.Combine(Out, "eplusout.err"), "mine");
        using var folder = ChildFolder.TryOpen(Out)!;
        Directory.Move(Out, _folder["moved"]);
        Directory.CreateSymbolicLink(Out, _folder.Path);
        using var file = folder.TryReadFile("eplusout.err")!;
        Assert.Equal("mine", new StreamReader(file).ReadToEnd());
    }

    [Fact]
    public void Private_name_stays_that_of_the_file_that_was_opened()
    {
        var path = Path.Combine(Out, "eplusout.sql");
        File.WriteAllText(path, "mine");
        using var folder = ChildFolder.TryOpen(Out)!;
        using var file = folder.TryOpenFile("eplusout.sql")!;
        using (var named = PrivateName.TryGive(file, _folder.Path)!)
        {
            File.Delete(path);
            Hostile.Pipe(path);
            Assert.Equal("mine", File.ReadAllText(named.Path));
        }
        var names = Directory.EnumerateFileSystemEntries(_folder.Path).Select(entry => Path.GetFileName(entry));
        Assert.Equal(["out", "secret"], names.Order());
    }

    private void Make(string kind, string path)
    {
        switch (kind)
        {
            case "link": File.CreateSymbolicLink(path, _folder["secret"]); break;
            case "link-beside":
                File.WriteAllText(Path.Combine(Out, "real"), "");
                File.CreateSymbolicLink(path, "real");
                break;
            case "pipe": Hostile.Pipe(path); break;
            case "socket": Hostile.Socket(path); break;
            case "folder": Directory.CreateDirectory(path); break;
            case "second-name": Hostile.SecondName(_folder["secret"], path); break;
            default: File.CreateSymbolicLink(path, "/proc/self/exe"); break;
        }
    }
}
