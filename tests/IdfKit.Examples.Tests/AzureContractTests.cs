using Azure.Storage.Blobs;
using IdfKit.Storage;
using IdfKit.Storage.Contract;
using TestBed;

[assembly: AssemblyFixture(typeof(AzuriteServer))]
[assembly: AssemblyFixture(typeof(RgwServer))]

namespace IdfKit.Examples.Tests;

/// <summary>The example of a back end of one's own keeps the whole contract, on Microsoft's own emulator.</summary>
public sealed class AzureContractTests(AzuriteServer azurite) : FileSystemContract
{
    private readonly BlobContainerClient _container = new(azurite.ConnectionString, "c" + Guid.NewGuid().ToString("N"));

    protected override int ManyFiles => 1_100;

    protected override async Task<IAsyncFileSystem> OpenAsync()
    {
        await _container.CreateIfNotExistsAsync();
        return new AzureBlobFileSystem(_container);
    }

    protected override async ValueTask CloseAsync() => await _container.DeleteIfExistsAsync();

    [Fact]
    public async Task Names_that_look_escaped_are_not_mixed_up_with_backslashes()
    {
        var fs = await OpenAsync();
        string[] paths = ["a%255Cb", "a%25FFFEb", "a%25b", "a%5Cb", "a%FFFFb", "a%\\b", "a\\b", "a\uffffb"];
        foreach (var path in paths) await fs.WriteTextAsync(path, path);
        Assert.Equal(paths, await fs.GlobAsync("", "**").ToListAsync());
        foreach (var path in paths) Assert.Equal(path, await fs.ReadTextAsync(path));
    }

    [Fact]
    public async Task Container_that_does_not_exist_and_a_wrong_key_are_failures_with_a_kind()
    {
        var fs = new AzureBlobFileSystem(_container);
        Assert.Equal(StorageErrorKind.NotFound, (await Assert.ThrowsAsync<StorageException>(() => fs.ExistsAsync("a"))).Kind);
        var stranger = new AzureBlobFileSystem(new BlobContainerClient(
            azurite.ConnectionString.Replace("AccountKey=Eby8", "AccountKey=AAAA", StringComparison.Ordinal), _container.Name));
        Assert.Equal(StorageErrorKind.AccessDenied, (await Assert.ThrowsAsync<StorageException>(() => stranger.ReadBytesAsync("a"))).Kind);
    }
}
