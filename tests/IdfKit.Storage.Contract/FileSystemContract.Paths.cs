using System.Text;
using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    private static readonly string[] InvalidPaths =
    [
        "", ".", "..", "/", "/a", "a/", "a//b", "./a", "a/.",
        "../a", "a/..", "a/../b", "a/./b", "\0", "a\nb", "\u007f", "a\ud800", "\udc00b",
    ];

    private static readonly string[] OddNames =
    [
        "a b", " a", "a ", "a+b", "a%b", "a%20b", "%2F", "a#b", "a?b", "a&b=c", "a;b", "a:b", "a@b",
        "a,b", "a'b", "a\"b", "a<b>", "a|b", "a*b", "a[1]", "{a}", "a^b", "a`b", "$a", "!a", "(a)",
        "...", "..a", "a..", "a..b", ".hidden", "~", "a~b", "a\\b", "ü", "u\u0308", "日本語", "\U0001F600", "é/ÿ/\uffee",
    ];

    [Theory, BothModes, Rule("P1", "F1")]
    public async Task Invalid_path_is_refused_by_every_operation_before_anything_is_tried(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("kept", "kept");
        foreach (var path in InvalidPaths)
        {
            await Refused(path, nameof(IFileSystem.ReadBytes), () => fs.ReadBytesAsync(path));
            await Refused(path, nameof(IFileSystem.WriteBytes), () => fs.WriteBytesAsync(path, new byte[1]));
            await Refused(path, null, () => fs.ReadTextAsync(path));
            await Refused(path, null, () => fs.WriteTextAsync(path, "x"));
            await Refused(path, nameof(IFileSystem.Exists), () => fs.ExistsAsync(path));
            await Refused(path, nameof(IFileSystem.MakeDirectories), () => fs.MakeDirectoriesAsync(path, existOk: true));
            await Refused(path, nameof(IFileSystem.Copy), () => fs.CopyAsync(path, "b"));
            await Refused(path, nameof(IFileSystem.Copy), () => fs.CopyAsync("kept", path));
            await Refused(path, nameof(IFileSystem.Remove), () => fs.RemoveAsync(path));
            await Refused(path, null, () => fs.StatAsync(path));
            await Refused(path, null, () => fs.OpenReadAsync(path));
            await Refused(path, null, () => fs.ReadRangeAsync(path, 0, new byte[1]));
            await Refused(path, null, () => fs.WriteAsync(path, new MemoryStream()));
            await Refused(path, nameof(IFileSystem.Upload), () => fs.UploadAsync("no such file", path));
            await Refused(path, null, () => fs.DownloadAsync(path, LocalFile("never")));
            if (path.Length == 0) continue;
            await Refused(path, nameof(IFileSystem.Glob), async () => await fs.GlobAsync(path, "*").ToListAsync());
            await Refused(path, null, async () => await fs.ListAsync(path).ToListAsync());
        }
        Assert.Equal(["kept"], await Paths(fs));
    }

    [Theory, BothModes, Rule("P2")]
    public async Task Path_of_the_greatest_length_works_and_one_byte_more_is_refused(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var longest = LongPath(MaxPathBytes);
        await fs.WriteTextAsync(longest, "deep");
        Assert.Equal("deep", await fs.ReadTextAsync(longest));
        Assert.Equal([longest], await Paths(fs));
        await Fails(StorageErrorKind.InvalidPath, nameof(IFileSystem.WriteBytes), longest + "x",
            () => fs.WriteBytesAsync(longest + "x", new byte[1]));
    }

    [Theory, BothModes, Rule("P3", "P6")]
    public async Task Odd_names_are_written_read_listed_copied_and_removed_as_they_are(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var name in OddNames) await fs.WriteTextAsync("odd/" + name, name);
        Assert.Equal(OddNames.Select(name => "odd/" + name).Order(StoragePath.Order), await Paths(fs, "odd"));
        foreach (var path in await fs.GlobAsync("odd", "**").ToListAsync())
        {
            Assert.Equal(path[4..], await fs.ReadTextAsync(path));
            await fs.CopyAsync(path, path + ".copy");
            Assert.Equal(path[4..], await fs.ReadTextAsync(path + ".copy"));
            await fs.RemoveAsync(path + ".copy");
            await fs.RemoveAsync(path);
        }
        Assert.Empty(await Paths(fs));
    }

    [Theory, BothModes, Rule("P4")]
    public async Task Names_that_differ_in_case_or_composition_are_different_files(Mode mode)
    {
        var fs = await OpenAsync(mode);
        string[] names = ["a.IDF", "a.idf", "\u00fc", "u\u0308"];
        foreach (var name in names) await fs.WriteTextAsync(name, name);
        foreach (var name in names) Assert.Equal(name, await fs.ReadTextAsync(name));
    }

    private static string LongPath(int bytes)
    {
        var path = new StringBuilder("ü");
        while (Encoding.UTF8.GetByteCount(path.ToString()) < bytes - 200) path.Append('/').Append('x', 198);
        return path.Append('/').Append('y', bytes - Encoding.UTF8.GetByteCount(path.ToString())).ToString();
    }

    private static async Task Refused(string path, string? operation, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<StorageException>(call);
        Assert.Equal((StorageErrorKind.InvalidPath, path, false), (error.Kind, error.Path, error.IsTransient));
        if (operation is not null) Assert.Equal(operation, error.Operation);
    }
}
