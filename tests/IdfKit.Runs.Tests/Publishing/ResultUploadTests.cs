using System.Security.Cryptography;
using System.Text;
using TestBed;

using IdfKit.Runs;
using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Publishing;

public sealed class ResultUploadTests
{
    [Fact]
    public async Task Upload_copies_every_file_and_tells_its_checksum()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["sub"]);
        await File.WriteAllTextAsync(folder["eplusout.eso"], "results", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["eplusout.mdd"], "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["sub", "table.htm"], "<html>", TestContext.Current.CancellationToken);
        var target = new MemoryFileSystem().AsAsync();

        var uploaded = await ResultUpload.UploadAsync(
            ResultFile.In(folder.Path), target, "outputs/office", TestContext.Current.CancellationToken);

        Assert.Equal(["eplusout.eso", "eplusout.mdd", "sub/table.htm"], uploaded.Select(file => file.File.Path));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("results"u8)), uploaded[0].Sha256);
        Assert.Equal("text/html", uploaded[2].File.ContentType);
        Assert.Equal("results",
            await target.ReadTextAsync("outputs/office/eplusout.eso", Encoding.UTF8, TestContext.Current.CancellationToken));
        Assert.Equal("", await target.ReadTextAsync("outputs/office/eplusout.mdd", Encoding.UTF8, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void In_leaves_out_what_a_link_points_at()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["real.txt"], "mine");
        File.CreateSymbolicLink(folder["link.txt"], "/etc/passwd");
        Directory.CreateSymbolicLink(folder["links"], "/etc");
        Assert.Equal(["real.txt"], ResultFile.In(folder.Path).Select(file => file.Path));
    }
}
