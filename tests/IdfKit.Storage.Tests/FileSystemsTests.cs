namespace IdfKit.Storage.Tests;

public sealed class FileSystemsTests
{
    [Fact]
    public async Task Open_reads_and_writes_in_the_folder_of_a_file_address()
    {
        using var folder = new TestBed.TemporaryFolder();
        var place = Path.Combine(folder.Path, "My models 100%");
        foreach (var address in new[] { $"file:{place}", $"file://{place}", $"FILE:{place}/" })
        {
            await using var files = FileSystems.Open(address);
            await files.WriteTextAsync("f", address);
            Assert.Equal(address, await File.ReadAllTextAsync(Path.Combine(place, "f"), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Open_of_mem_is_a_new_one_each_time()
    {
        await using var one = FileSystems.Open("mem:");
        await using var other = FileSystems.Open("mem://");
        await one.WriteTextAsync("f", "x", cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(await other.ExistsAsync("f", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("models", "a folder is 'file:models'")]
    [InlineData("/models", "a folder is 'file:/models'")]
    [InlineData("C:/models", "a folder is 'file:C:/models'")]
    [InlineData("ftp://there/models", "'file:', 'mem:', 's3:'")]
    [InlineData("file:", "names no folder")]
    [InlineData("file://there/models", "names another machine")]
    [InlineData("mem:name", "takes nothing behind it")]
    public void Open_says_what_is_wrong_with_an_address(string address, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => FileSystems.Open(address));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_of_s3_says_which_package_is_missing()
    {
        var error = Assert.Throws<NotSupportedException>(() => FileSystems.Open("s3://bucket"));
        Assert.Contains("IdfKit.Storage.S3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registered_scheme_is_opened_with_its_whole_address()
    {
        FileSystems.Register("az-test", Holding);
        await using var files = FileSystems.Open("az-test:container/x");
        Assert.Equal("az-test:container/x", await files.ReadTextAsync("address", cancellationToken: TestContext.Current.CancellationToken));
    }

    private static IAsyncFileSystem Holding(string address)
    {
        var files = new MemoryFileSystem();
        files.WriteText("address", address);
        return files.AsAsync();
    }
}
