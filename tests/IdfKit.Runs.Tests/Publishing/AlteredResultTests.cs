using System.Security.Cryptography;
using TestBed;

using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Runs.Tests.Publishing;

/// <summary>What the record says of a file is what was sent, whatever becomes of the file meanwhile.</summary>
public sealed class AlteredResultTests : IDisposable
{
    private const int Small = 100_000;
    private const int Large = 12 << 20; // more than one request

    private readonly TemporaryFolder _folder = new();

    private string File0 => _folder["eplusout.eso"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Small, "grow")]
    [InlineData(Large, "grow")]
    [InlineData(Small, "rewrite")]
    [InlineData(Large, "rewrite")]
    [InlineData(Small, "cut")]
    [InlineData(Large, "cut")]
    [InlineData(Small, "link")]
    [InlineData(Large, "link")]
    [InlineData(Small, "pipe")]
    public async Task File_altered_while_it_is_sent_is_told_as_it_was_sent_or_left_out(int bytes, string how)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await File.WriteAllBytesAsync(File0, RandomNumberGenerator.GetBytes(bytes), Token);
        await File.WriteAllTextAsync(_folder["secret"], "another run's", Token);
        var target = new Altering(() => Alter(how));
        var behind = new LeftBehind();
        var files = LeftResults.In(_folder.Path, new ResultRule("eplus", null)).Files;
        var uploaded = await ResultUpload.UploadAsync(files, target, "out", behind, isThere: null, ResultMarks.None, guard: null, Token);

        var stored = await target.ListAsync("out", Token).Select(entry => entry.Path).ToListAsync(Token);
        Assert.Equal(uploaded.Select(file => "out/" + file.File.Path), stored);
        Assert.Equal(uploaded.Count == 0, behind.Sentences().Count == 1);
        foreach (var file in uploaded)
        {
            var content = await target.ReadBytesAsync("out/" + file.File.Path, Token);
            Assert.Equal(file.File.SizeBytes, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Theory, InlineData("link"), InlineData("pipe"), InlineData("gone")]
    public async Task File_replaced_before_it_is_opened_is_left_out_and_told(string how)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        await File.WriteAllTextAsync(File0, "results", Token);
        await File.WriteAllTextAsync(_folder["secret"], "another run's", Token);
        var files = LeftResults.In(_folder.Path, new ResultRule("eplus", null)).Files;
        Alter(how);
        var behind = new LeftBehind();
        var target = new MemoryFileSystem().AsAsync();
        Assert.Empty(await ResultUpload.UploadAsync(files, target, "out", behind, isThere: null, ResultMarks.None, guard: null, Token));
        Assert.Contains("'eplusout.eso'", Assert.Single(behind.Sentences()), StringComparison.Ordinal);
        Assert.Empty(await target.ListAsync("out", Token).ToListAsync(Token));
    }

    private void Alter(string how)
    {
        switch (how)
        {
            case "grow": File.AppendAllText(File0, "more"); break;
            case "rewrite":
                using (var file = File.OpenHandle(File0, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    RandomAccess.Write(file, "x"u8, 5);
                break;
            case "cut":
                using (var file = new FileStream(File0, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) file.SetLength(10);
                break;
            case "link":
                File.Delete(File0);
                File.CreateSymbolicLink(File0, _folder["secret"]);
                break;
            case "gone": File.Delete(File0); break;
            default:
                File.Delete(File0);
                Hostile.Pipe(File0);
                break;
        }
    }

    /// <summary>Storage during whose first write something happens, before any byte is read and again in the middle.</summary>
    private sealed class Altering(Action alter) : IAsyncFileSystem
    {
        private readonly IAsyncFileSystem _inner = new MemoryFileSystem().AsAsync();
        private bool _isDone;

        public StorageCapabilities Capabilities => _inner.Capabilities;

        public async Task<FileEntry> WriteAsync(
            string path, Stream content, WriteOptions? options = null, CancellationToken cancellationToken = default)
        {
            var first = new byte[1000];
            await content.ReadExactlyAsync(first, cancellationToken);
            if (!_isDone) alter();
            _isDone = true;
            using var all = new MemoryStream();
            all.Write(first);
            await content.CopyToAsync(all, cancellationToken);
            all.Position = 0;
            return await _inner.WriteAsync(path, all, options, cancellationToken);
        }

        public Task<byte[]> ReadBytesAsync(string path, CancellationToken cancellationToken = default) =>
            _inner.ReadBytesAsync(path, cancellationToken);

        public Task<string> ReadTextAsync(
            string path, System.Text.Encoding? encoding = null, CancellationToken cancellationToken = default) =>
            _inner.ReadTextAsync(path, encoding, cancellationToken);

        public Task WriteBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            _inner.WriteBytesAsync(path, content, cancellationToken);

        public Task<bool> ExistsAsync(string path, CancellationToken cancellationToken = default) =>
            _inner.ExistsAsync(path, cancellationToken);

        public Task MakeDirectoriesAsync(string path, bool existOk = false, CancellationToken cancellationToken = default) =>
            _inner.MakeDirectoriesAsync(path, existOk, cancellationToken);

        public Task CopyAsync(string source, string destination, CancellationToken cancellationToken = default) =>
            _inner.CopyAsync(source, destination, cancellationToken);

        public IAsyncEnumerable<string> GlobAsync(string path, string pattern, CancellationToken cancellationToken = default) =>
            _inner.GlobAsync(path, pattern, cancellationToken);

        public IAsyncEnumerable<FileEntry> ListAsync(string path, CancellationToken cancellationToken = default) =>
            _inner.ListAsync(path, cancellationToken);

        public Task RemoveAsync(string path, CancellationToken cancellationToken = default) => _inner.RemoveAsync(path, cancellationToken);
    }
}
