using Amazon.S3;
using Azure.Storage.Blobs;
using IdfKit.Storage;
using IdfKit.Storage.DependencyInjection;
using IdfKit.Storage.S3;
using Microsoft.Extensions.DependencyInjection;
using TestBed;

namespace IdfKit.Examples.Tests;

/// <summary>The samples of docs/storage.md, run as they stand. Sets variables and the folder of the process, so it runs alone.</summary>
[Collection(nameof(StorageSamples))]
[CollectionDefinition(nameof(StorageSamples), DisableParallelization = true)]
public sealed class StorageSamples(RgwServer rgw, AzuriteServer azurite) : IDisposable
{
    private readonly SampleSurroundings _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task The_same_code_on_disk_and_in_a_bucket()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");

        // The nine operations mean the same on every back end, and there is a blocking form of each.
        async Task Tidy(IAsyncFileSystem files)
        {
            await files.WriteTextAsync("studies/a/notes.txt", "base case");
            await files.CopyAsync("studies/a/notes.txt", "studies/b/notes.txt");
            await foreach (var path in files.GlobAsync("studies", "**/*.txt")) Console.WriteLine(path);
            if (await files.ExistsAsync("studies/a/notes.txt")) await files.RemoveAsync("studies/a/notes.txt");
        }

        await Tidy(new AsyncLocalFileSystem("results"));
        await using var bucket = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions { Region = "eu-central-1" });
        await Tidy(bucket);

        Assert.Equal("base case", await File.ReadAllTextAsync("results/studies/b/notes.txt"));
        Assert.Equal(["studies/b/notes.txt"], await bucket.GlobAsync("", "**").ToListAsync());
    }

    [Fact]
    public async Task Blocking_file_systems()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");

        using var bucket = new S3FileSystem("my-bucket");
        bucket.WriteBytes("models/office.idf", "Version,25.2;"u8.ToArray());
        var text = bucket.ReadText("models/office.idf");

        Assert.Equal("Version,25.2;", text);
    }

    [Fact]
    public async Task Ways_to_authenticate()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        var (accessKeyId, secretAccessKey, sessionToken) = (rgw.AccessKeyId, rgw.SecretAccessKey, (string?)null);
        var vault = new Vault(rgw);

        // 1. explicit credentials; they are never printed, logged or put into an error
        await using var explicitly = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions
        {
            Credentials = new S3Credentials(accessKeyId, secretAccessKey, sessionToken),
        });

        // 2. credentials that end: asked for once, ahead of their end, by whichever request comes then
        await using var renewed = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions
        {
            CredentialProvider = async cancellationToken =>
            {
                var (id, secret, token, end) = await vault.FetchAsync(cancellationToken);
                return new S3Credentials(id, secret, token) { ExpiresAt = end };
            },
        });

        // 3. a profile of ~/.aws, by name
        await using var asModeller = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions { Profile = "modelling" });

        // 4. what the environment says: the SDK's own chain, when nothing is given
        await using var chained = new AsyncS3FileSystem("my-bucket");

        // or a client that you made; it stays yours and is not disposed of
        using var client = new AmazonS3Client();
        await using var yours = new AsyncS3FileSystem("my-bucket", client);

        foreach (var bucket in new[] { explicitly, renewed, chained, yours })
        {
            await bucket.WriteTextAsync("f", "x");
            await bucket.RemoveAsync("f");
        }
        var noProfile = await Assert.ThrowsAsync<StorageException>(() => asModeller.ReadBytesAsync("f"));
        Assert.Contains("there is no profile 'modelling'", noProfile.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_of_a_program()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");

        var services = new ServiceCollection()
            .AddS3FileSystem("my-bucket", options => options with { Prefix = "studies" })
            .AddKeyedS3FileSystem("weather", "my-bucket", options => options with { Prefix = "weather" });

        await using var provider = services.BuildServiceProvider();
        var files = provider.GetRequiredService<IAsyncFileSystem>();
        await files.WriteTextAsync("a/notes.txt", "base case");

        Assert.Equal("base case", provider.GetRequiredService<IFileSystem>().ReadText("a/notes.txt"));
        Assert.False(await provider.GetRequiredKeyedService<IAsyncFileSystem>("weather").ExistsAsync("a/notes.txt"));
    }

    [Fact]
    public async Task Compatible_servers()
    {
        await _here.UseBucketAsync(rgw, "local-bucket");
        var (endpoint, minioUser, minioPassword) = (rgw.EndpointUrl, rgw.AccessKeyId, rgw.SecretAccessKey);

        // MinIO, LocalStack, Ceph, R2: path style, region and checksums follow from the endpoint.
        await using var bucket = new AsyncS3FileSystem("local-bucket", new S3FileSystemOptions
        {
            EndpointUrl = endpoint,
            Credentials = new S3Credentials(minioUser, minioPassword),
        });

        await bucket.WriteTextAsync("f", "x");
        Assert.Equal("x", await bucket.ReadTextAsync("f"));
    }

    [Fact]
    public async Task Prefixes()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");

        await using var study = new AsyncS3FileSystem("my-bucket", new S3FileSystemOptions { Prefix = "projects/2026/" });
        await study.WriteTextAsync("run-1/notes.txt", "north");   // stored as projects/2026/run-1/notes.txt

        await using var all = new AsyncS3FileSystem("my-bucket");
        Assert.Equal("north", await all.ReadTextAsync("projects/2026/run-1/notes.txt"));
    }

    [Fact]
    public async Task Custom_back_end()
    {
        var (connectionString, container) = (azurite.ConnectionString, "models");
        await new BlobContainerClient(connectionString, container).CreateIfNotExistsAsync();

        IAsyncFileSystem files = new AzureBlobFileSystem(new BlobContainerClient(connectionString, container));
        await files.WriteTextAsync("office.idf", "Version,25.2;");
        IFileSystem blocking = files.AsSync();

        Assert.Equal("Version,25.2;", blocking.ReadText("office.idf"));
    }

    [Fact]
    public async Task Life_cycle()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");

        var bucket = new AsyncS3FileSystem("my-bucket");
        await using (bucket)
        {
            await bucket.WriteTextAsync("f", "x");
        }
        await Assert.ThrowsAsync<ObjectDisposedException>(() => bucket.ReadTextAsync("f"));
    }

    [Fact]
    public async Task By_address()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using (var files = FileSystems.Open("s3://my-bucket/projects/2026?region=eu-central-1")) await files.WriteTextAsync("f", "x");

        // s3://bucket/prefix?region=… | file:folder | mem:
        await using var store = FileSystems.Open(Environment.GetEnvironmentVariable("RESULTS") ?? "file:results");

        await store.WriteTextAsync("f", "x");
        Assert.Equal("x", await File.ReadAllTextAsync("results/f"));
    }

    [Fact]
    public async Task Piece_by_piece()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using var bucket = new AsyncS3FileSystem("my-bucket");

        await using var table = await bucket.OpenWriteAsync("study/table.csv", new WriteOptions { ContentType = "text/csv" });
        await using (var text = new StreamWriter(table, leaveOpen: true))
        {
            await text.WriteLineAsync("model,kWh");
            for (var i = 0; i < 1000; i++) await text.WriteLineAsync($"office-{i},{i}");
        }
        var stored = await table.CompleteAsync();   // without this nothing is stored

        Assert.Equal(stored.SizeBytes, (await bucket.StatAsync("study/table.csv")).SizeBytes);
    }

    [Fact]
    public async Task Folders()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using var bucket = new AsyncS3FileSystem("my-bucket");
        await bucket.WriteTextAsync("results/a/run.json", "{}");
        await bucket.WriteTextAsync("results/b/run.json", "{}");
        await bucket.WriteTextAsync("results/notes.txt", "north");

        // One level: 10,000 runs are ten requests, whatever lies in them.
        await foreach (var entry in bucket.ListFolderAsync("results", new ListOptions { StartAfter = "results/a/", Limit = 100 }))
            Console.WriteLine(entry.IsFolder ? $"{entry.Path}/" : $"{entry.Path}: {entry.SizeBytes} bytes");

        await bucket.MoveAsync("results/notes.txt", "notes/north.txt");
        await bucket.RemoveManyAsync(["results/a/run.json", "results/gone.json"]);   // what is gone already is no failure
        var removed = await bucket.RemoveFolderAsync("results");

        Assert.Equal(1, removed);
        Assert.Equal(["notes/north.txt"], await bucket.GlobAsync("", "**").ToListAsync());
    }

    [Fact]
    public async Task Addresses_for_others()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using var bucket = new AsyncS3FileSystem("my-bucket");
        await bucket.WriteTextAsync("report.html", "<p>");

        var address = await bucket.PresignGetAsync("report.html", TimeSpan.FromHours(1));   // for a browser without credentials

        using var browser = new HttpClient();
        Assert.Equal("<p>", await browser.GetStringAsync(address));
    }

    [Fact]
    public async Task Little_of_much()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using var bucket = new AsyncS3FileSystem("my-bucket");
        var content = new byte[6_000_000];
        "last line"u8.CopyTo(content.AsSpan(^9..));
        await bucket.WriteBytesAsync("run-1/eplusout.eso", content);

        var entry = await bucket.StatAsync("run-1/eplusout.eso");
        await using var stream = await bucket.OpenReadAsync("run-1/eplusout.eso");   // nothing is fetched before it is read
        stream.Position = entry.SizeBytes - 9;
        var tail = new byte[9];
        await stream.ReadExactlyAsync(tail);

        Assert.Equal("last line"u8.ToArray(), tail);

        var pieces = await bucket.ReadRangesAsync("run-1/eplusout.eso", [new FileRange(0, 100), new FileRange(5_000_000, 100)]);

        Assert.All(pieces, piece => Assert.Equal(100, piece.Length));
    }

    [Fact]
    public async Task Local_caching()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using (var first = new AsyncS3FileSystem("my-bucket")) await first.WriteTextAsync("run-1/summary.json", "{}");

        await using var bucket = new AsyncS3FileSystem("my-bucket");
        var cached = new CachingFileSystem(bucket, "cache", new CachingOptions { MaxBytes = 2L << 30 });
        await cached.ReadBytesAsync("run-1/summary.json");   // fetched, and kept on disk
        await cached.ReadBytesAsync("run-1/summary.json");   // one small request for the ETag; the content comes from disk

        Assert.Single(Directory.GetFiles("cache"));
    }

    [Fact]
    public async Task Conditions_and_errors()
    {
        await _here.UseBucketAsync(rgw, "my-bucket");
        await using var bucket = new AsyncS3FileSystem("my-bucket");
        var record = "{}"u8.ToArray();

        try
        {
            await bucket.WriteAsync("claims/run-1", new MemoryStream(record), new WriteOptions { IfAbsent = true });
        }
        catch (StorageException lost) when (lost.Kind is StorageErrorKind.PreconditionFailed)
        {
            Console.WriteLine(lost.Message);   // one sentence: what was tried, on what, what happened
        }

        await Assert.ThrowsAsync<StorageException>(
            () => bucket.WriteAsync("claims/run-1", new MemoryStream(record), new WriteOptions { IfAbsent = true }));
    }

    /// <summary>Stands for whatever hands out keys in a reader's house.</summary>
    private sealed class Vault(RgwServer rgw)
    {
        public Task<(string Id, string Secret, string? Token, DateTimeOffset End)> FetchAsync(CancellationToken cancellationToken) =>
            Task.FromResult((rgw.AccessKeyId, rgw.SecretAccessKey, (string?)null, DateTimeOffset.UtcNow.AddHours(1)));
    }
}
