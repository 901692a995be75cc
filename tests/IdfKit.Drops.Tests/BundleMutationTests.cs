using System.IO.Compression;

using IdfKit.Drops.Inputs;
using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>A zip of which any byte may be wrong is unpacked or refused; nothing else happens.</summary>
public sealed class BundleMutationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Unpack_a_damaged_zip_throws_nothing(int seed)
    {
        var whole = Zip();
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var bytes = Mutated(whole, random);
            await File.WriteAllBytesAsync(_folder["m.zip"], bytes, TestContext.Current.CancellationToken);
            var to = Directory.CreateDirectory(_folder[$"{round}"]).FullName;
            try
            {
                var (model, rejection) = await Bundle.UnpackAsync(_folder["m.zip"], "m.zip", to, TestContext.Current.CancellationToken);
                Assert.True(model is null != rejection is null);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}\n{Convert.ToBase64String(bytes)}");
            }
            Directory.Delete(to, recursive: true);
        }
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        var odd = (byte[])[0, 1, 0x7F, 0x80, 0xFF, (byte)'/', (byte)'.', (byte)'P'];
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            // Most of the structure is in the list at the end.
            var at = random.Next(2) == 0 ? random.Next(bytes.Length) : bytes.Length - 1 - random.Next(bytes.Length / 3);
            var run = random.Next(4) == 0 ? 8 : 1;
            for (; run > 0 && at < bytes.Length; run--, at++)
                bytes[at] = random.Next(2) == 0 ? odd[random.Next(odd.Length)] : (byte)random.Next(256);
        }
        return random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static byte[] Zip()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["m.idf", "a/b.csv", "a/c.csv", "w.epw", "\u00fc.csv"])
            {
                var entry = zip.CreateEntry(name, name == "w.epw" ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
                entry.Comment = "c";
                using var writer = new StreamWriter(entry.Open());
                writer.Write(string.Concat(Enumerable.Repeat("Zone,A;\n", 40)));
            }
            zip.Comment = "archive";
        }
        return buffer.ToArray();
    }
}
