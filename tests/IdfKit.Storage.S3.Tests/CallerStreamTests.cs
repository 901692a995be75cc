using System.Globalization;
using IdfKit.Storage.S3.Transfers;
using TestBed;

namespace IdfKit.Storage.S3.Tests;

/// <summary>How the parts of a file are read: the SDK asks for 4 KB at a time, once to hash and once to send.</summary>
public sealed class CallerStreamTests : IDisposable
{
    private const int Bytes = (1 << 20) + 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task File_read_in_small_pieces_takes_few_calls_of_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux counts the calls of a thread.");
        using var file = Written(out _);
        await using var part = (await new FileParts(file, 0, Bytes).NextAsync(Bytes, default))!;
        using var body = new CallerStream(part, Bytes);
        var before = ReadCalls();
        var piece = new byte[4096];
        while (body.Read(piece, 0, piece.Length) > 0) continue;
        Assert.InRange(ReadCalls() - before, 1, 40); // 257 pieces
    }

    [Fact]
    public async Task File_is_read_again_from_any_place_in_pieces_of_any_size()
    {
        using var file = Written(out var content);
        await using var part = (await new FileParts(file, 3, Bytes).NextAsync(Bytes, default))!;
        using var body = new CallerStream(part, part.Length);
        foreach (var (at, size) in new[] { (0, 4096), (0, 65_536), (0, 100_000), (70_000, 1000), (Bytes - 10, 4096), (0, 7777) })
        {
            body.Seek(at, SeekOrigin.Begin);
            Assert.Equal(content[(3 + at)..], await RestAsync(body, size));
        }
    }

    private static async Task<byte[]> RestAsync(Stream body, int size)
    {
        using var all = new MemoryStream();
        var piece = new byte[size];
        for (var odd = false; ; odd = !odd)
        {
            var count = odd ? await body.ReadAsync(piece) : body.Read(piece, 0, size);
            if (count == 0) return all.ToArray();
            all.Write(piece, 0, count);
        }
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle Written(out byte[] content)
    {
        content = new byte[Bytes];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(_folder["f"], content);
        return File.OpenHandle(_folder["f"]);
    }

    private static long ReadCalls() => File.ReadLines("/proc/thread-self/io")
        .Where(line => line.StartsWith("syscr:", StringComparison.Ordinal))
        .Select(line => long.Parse(line["syscr:".Length..], CultureInfo.InvariantCulture))
        .Single();
}
