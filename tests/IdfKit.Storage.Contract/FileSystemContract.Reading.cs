using System.Text;
using Xunit;

namespace IdfKit.Storage.Contract;

public abstract partial class FileSystemContract
{
    [Theory, BothModes, Rule("R1", "W7")]
    public async Task Content_around_the_part_size_is_read_back_whole_in_every_way(Mode mode)
    {
        var fs = await OpenAsync(mode);
        foreach (var size in new[] { 0, 1, PartBytes - 1, PartBytes, PartBytes + 1, 3 * PartBytes })
        {
            var content = Bytes(size, seed: size);
            await fs.WriteBytesAsync("f", content);
            Same(content, await fs.ReadBytesAsync("f"));
            await fs.WriteAsync("g", new OneWayStream(content));
            using (var stream = await fs.OpenReadAsync("g")) Same(content, await Drain(stream));
            var entry = await fs.UploadAsync(LocalFile("up", content), "h");
            Assert.Equal((size, "h"), (entry.SizeBytes, entry.Path));
            var down = await fs.DownloadAsync("h", LocalFile("down"));
            Assert.Equal((size, "h"), (down.SizeBytes, down.Path));
            Same(content, await File.ReadAllBytesAsync(LocalFile("down")));
            Assert.Equal(size, (await fs.StatAsync("h")).SizeBytes);
        }
    }

    [Theory, BothModes, Rule("R2")]
    public async Task Text_is_utf8_unless_told_and_loses_its_byte_order_mark(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("t", "Zürich ☀");
        Assert.Equal(Encoding.UTF8.GetBytes("Zürich ☀"), await fs.ReadBytesAsync("t"));
        await fs.WriteBytesAsync("bom", new byte[] { 0xef, 0xbb, 0xbf, (byte)'x' });
        Assert.Equal("x", await fs.ReadTextAsync("bom"));
        await fs.WriteTextAsync("latin", "ü", Encoding.Latin1);
        Assert.Equal([0xfc], await fs.ReadBytesAsync("latin"));
        Assert.Equal("ü", await fs.ReadTextAsync("latin", Encoding.Latin1));
    }

    [Theory, BothModes, Rule("R3", "F1")]
    public async Task Reading_what_is_absent_or_a_folder_is_NotFound_in_every_way(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteTextAsync("folder/file", "x");
        foreach (var path in new[] { "absent", "absent/below", "folder", "folder/file/below", "folder/other" })
        {
            Assert.False(
                (await Fails(StorageErrorKind.NotFound, nameof(IFileSystem.ReadBytes), path, () => fs.ReadBytesAsync(path))).IsTransient);
            foreach (Func<Task> read in (Func<Task>[])
            [
                () => fs.ReadTextAsync(path), () => fs.StatAsync(path),
                () => fs.OpenReadAsync(path), () => fs.ReadRangeAsync(path, 0, new byte[1]),
                () => fs.ReadRangeAsync(path, 0, Memory<byte>.Empty), () => fs.DownloadAsync(path, LocalFile("never")),
            ])
                Assert.Equal((StorageErrorKind.NotFound, path), Facts(await Assert.ThrowsAsync<StorageException>(read)));
        }
        Assert.False(File.Exists(LocalFile("never")));
    }

    [Theory, BothModes, Rule("R4")]
    public async Task ReadRange_gives_what_is_asked_and_less_only_at_the_end(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var content = Bytes(1000);
        await fs.WriteBytesAsync("f", content);
        (int Offset, int Count, int Expected)[] ranges =
            [(0, 1000, 1000), (0, 10, 10), (500, 10, 10), (990, 20, 10), (999, 1, 1), (1000, 5, 0), (5000, 5, 0), (3, 0, 0)];
        foreach (var (offset, count, expected) in ranges)
        {
            var destination = new byte[count];
            Assert.Equal(expected, await fs.ReadRangeAsync("f", offset, destination));
            Assert.Equal(content.AsSpan(Math.Min(offset, 1000), expected), destination.AsSpan(0, expected));
        }
        await fs.WriteBytesAsync("empty", Array.Empty<byte>());
        Assert.Equal(0, await fs.ReadRangeAsync("empty", 0, new byte[1]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fs.ReadRangeAsync("f", -1, new byte[1]));
    }

    [Theory, BothModes, Rule("R5")]
    public async Task OpenRead_can_be_read_and_sought_like_the_content(Mode mode)
    {
        var fs = await OpenAsync(mode);
        var content = Bytes(300_000);
        await fs.WriteBytesAsync("f", content);
        using var stream = await fs.OpenReadAsync("f");
        Assert.True(stream.CanRead);
        Assert.False(stream.CanWrite);
        if (!stream.CanSeek)
        {
            Assert.False(fs.Capabilities.HasFlag(StorageCapabilities.Ranges));
            Same(content, await Drain(stream));
            return;
        }
        Assert.Equal(content.Length, stream.Length);
        var random = new Random(7);
        for (var i = 0; i < 40; i++)
        {
            var offset = random.Next(content.Length + 10);
            var buffer = new byte[random.Next(1, 100_000)];
            stream.Position = offset;
            var count = i % 2 == 0
                ? await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)
                : stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            Assert.Equal(Math.Clamp(content.Length - offset, 0, buffer.Length), count);
            Assert.Equal(content.AsSpan(Math.Min(offset, content.Length), count), buffer.AsSpan(0, count));
        }
        Assert.Equal(content.Length - 5, stream.Seek(-5, SeekOrigin.End));
        Assert.Equal(content[^5..], await Drain(stream));
    }

    [Theory, BothModes, Rule("R6")]
    public async Task Download_makes_folders_replaces_the_file_and_reports_every_byte(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("f", Bytes(100_000));
        var target = LocalFile(Path.Combine("new", "folder", "f"));
        var told = new Highest();
        await fs.DownloadAsync("f", target, told);
        Same(Bytes(100_000), await File.ReadAllBytesAsync(target));
        Assert.Equal(100_000, told.Value);
        await fs.WriteTextAsync("f", "shorter");
        await fs.DownloadAsync("f", target);
        Assert.Equal("shorter", await File.ReadAllTextAsync(target));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(target)!));
    }

    [Theory, BothModes, Rule("R7", "X1")]
    public async Task Download_that_fails_or_is_cancelled_leaves_the_local_file(Mode mode)
    {
        var fs = await OpenAsync(mode);
        await fs.WriteBytesAsync("f", Bytes(100_000));
        var target = LocalFile("kept", [1, 2, 3]);
        await Assert.ThrowsAsync<StorageException>(() => fs.DownloadAsync("absent", target));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fs.DownloadAsync("f", target, null, cancelled.Token));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(target));
        Assert.Single(Directory.GetFileSystemEntries(_local));
    }

    private static (StorageErrorKind Kind, string Path) Facts(StorageException error) => (error.Kind, error.Path);

    // Comparing spans is quick where Assert.Equal on long arrays is not.
    private static void Same(byte[] expected, byte[] actual) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes differ from the {expected.Length} expected");

    private static async Task<byte[]> Drain(Stream stream)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
