using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Cryptography;

// fetch URL SHA256 FILE       fetches into FILE, and leaves nothing where the sum is another; a sum of - is not looked at
// fetch --unpack FILE FOLDER  unpacks a .tar.gz that holds one folder, so that FOLDER is that folder
// Standard error tells how far it is, standard output why it failed.
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => (press.Cancel, _) = (true, interrupted.CancelAsync());
try
{
    if (args is ["--unpack", var archive, var folder]) Unpack(archive, folder);
    else if (args is [var url, var sum, var file]) await FetchAsync(new Uri(url), sum, file, interrupted.Token);
    else throw new InvalidOperationException("usage: fetch URL SHA256 FILE | fetch --unpack FILE FOLDER");
    return 0;
}
catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException
    or InvalidOperationException or UnauthorizedAccessException or OperationCanceledException)
{
    Console.WriteLine(Reason(e));
    return 1;
}

static async Task FetchAsync(Uri url, string sum, string file, CancellationToken cancellationToken)
{
    try
    {
        var type = await DownloadAsync(url, file, cancellationToken);
        await using var content = File.OpenRead(file);
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        if (sum == "-" || found == sum) return;
        throw new InvalidDataException(type is "text/html"
            ? $"{url.Host} answered with a web page and not with the archive, so there is a proxy or a login page in between"
            : $"what {url.Host} sent ({content.Length:#,0} bytes) has the sum {found[..12]}… and not "
                + $"{sum[..12]}…; it is not the archive that was checked");
    }
    catch
    {
        File.Delete(file);
        throw;
    }
}

static async Task<string?> DownloadAsync(Uri url, string file, CancellationToken cancellationToken)
{
    const double Megabyte = 1e6;
    using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) }; // for the answer's head
    client.DefaultRequestHeaders.UserAgent.ParseAdd("idfkit"); // GitHub's API answers nobody without one
    using var answer = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    if (!answer.IsSuccessStatusCode)
        throw new HttpRequestException($"{url.Host} answered {(int)answer.StatusCode} ({answer.ReasonPhrase})");
    var whole = answer.Content.Headers.ContentLength is { } length ? $" of {length / Megabyte:0}" : "";
    await using var source = await answer.Content.ReadAsStreamAsync(cancellationToken);
    await using var target = File.Create(file);
    using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    var buffer = new byte[1 << 16];
    var (total, said) = (0L, Environment.TickCount64);
    while (true)
    {
        stalled.CancelAfter(TimeSpan.FromSeconds(30));
        var count = await source.ReadAsync(buffer, stalled.Token);
        if (count == 0) break;
        await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        total += count;
        if (Environment.TickCount64 - said < 3000) continue;
        said = Environment.TickCount64;
        Console.Error.WriteLine($"  {total / Megabyte:0}{whole} MB");
    }
    return answer.Content.Headers.ContentType?.MediaType;
}

static void Unpack(string archive, string folder)
{
    var all = folder + ".all";
    Directory.CreateDirectory(all);
    using (var file = File.OpenRead(archive))
    using (var plain = new GZipStream(file, CompressionMode.Decompress))
        TarFile.ExtractToDirectory(plain, all, overwriteFiles: true);
    var inside = Directory.GetDirectories(all);
    if (inside.Length != 1) throw new InvalidDataException($"the archive holds {inside.Length} folders, and must hold one");
    Directory.Move(inside[0], folder);
    Directory.Delete(all, recursive: true);
}

static string Reason(Exception e) => e switch
{
    OperationCanceledException => "no more came for 30 s",
    HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } =>
        "its host's name cannot be resolved, so there seems to be no network",
    _ => e.Message.ReplaceLineEndings(" ").TrimEnd('.'),
};
