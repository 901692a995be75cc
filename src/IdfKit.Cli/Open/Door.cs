using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.Http;

namespace IdfKit.Cli.Open;

/// <summary>
/// Who is answered: who has the address that was printed. A page of others reaches this machine's ports, too, so a foreign Host (a name
/// that was made to lead here), a foreign Origin and a write without our header are refused.
/// </summary>
internal sealed class Door
{
    /// <summary>Stands in every write of the page; no page of others may set it.</summary>
    public const string WriteHeader = "X-Idfkit";

    private const string TokenName = "token";
    private const int TokenBytes = 32;

    private readonly string _token = RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);
    private int _port;

    /// <summary>
    /// Opens the files of runs, and nothing else. It stands in their addresses, since a page that may do nothing is sent no cookie by
    /// the links in it.
    /// </summary>
    public string FileKey { get; } = RandomNumberGenerator.GetHexString(2 * TokenBytes, lowercase: true);

    /// <summary>With the token: what opens the page.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/?{TokenName}={_token}");

    // Cookies are of a host and not of a port: two pages must not put out each other's.
    private string Cookie => $"idfkit-{_port}";

    public void Listen(int port) => _port = port;

    /// <summary>Why a request is refused, in a sentence; null: it is answered.</summary>
    public string? Refusal(HttpContext context, bool isFile)
    {
        var request = context.Request;
        if (!IsOurs(request.Host.Value)) return CliSentences.ForeignHost(request.Host.Value ?? "");
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        foreach (var origin in request.Headers.Origin)
            if (!IsOrigin(origin) && !(isFile && isRead)) return CliSentences.ForeignOrigin(origin ?? "");
        if (isFile) return null; // the key is in its address
        if (!IsKnown(context)) return CliSentences.NoToken;
        return isRead || request.Headers[WriteHeader].Count == 1 ? null : CliSentences.NoWriteHeader(WriteHeader);
    }

    /// <summary>Whether a key from an address opens files.</summary>
    public bool OpensFiles(string key) => IsSame(key, FileKey);

    private bool IsKnown(HttpContext context)
    {
        var request = context.Request;
        if (request.Cookies.TryGetValue(Cookie, out var known) && IsSame(known, _token)) return true;
        if (request.Path != "/" || request.Query[TokenName] is not [{ } given] || !IsSame(given, _token)) return false;
        context.Response.Cookies.Append(Cookie, _token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        return true;
    }

    private bool IsOurs(string? host) => host == $"127.0.0.1:{_port}" || host == $"localhost:{_port}";

    private bool IsOrigin(string? origin) => origin == $"http://127.0.0.1:{_port}" || origin == $"http://localhost:{_port}";

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
