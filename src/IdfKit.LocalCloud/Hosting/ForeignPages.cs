using System.Net;

using Microsoft.AspNetCore.Http;

namespace IdfKit.LocalCloud.Hosting;

/// <summary>
/// Keeps web pages of others out: a browser sends what any page asks it to, also to this machine, and says so in these headers. Programs
/// send none of them. See https://developer.mozilla.org/en-US/docs/Web/HTTP/Headers/Sec-Fetch-Site and RFC 6454, section 7.
/// </summary>
internal static class ForeignPages
{
    private const string SecFetchSite = "Sec-Fetch-Site";

    /// <summary>Why a request is refused, as a sentence; null: it may pass.</summary>
    public static string? WhyRefused(HttpRequest request)
    {
        // A name of another's that leads here makes any page one of the same origin (DNS rebinding).
        if (!IsOwn(request.Host.Host)) return $"The host '{Cut(request.Host.Value)}' is not this machine's; write 127.0.0.1 or localhost.";
        if (request.Headers[SecFetchSite] == "cross-site") return "Pages of other sites may not use this server.";
        foreach (var origin in request.Headers.Origin)
            if (!string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase))
                return $"Pages of '{Cut(origin)}' may not use this server.";
        return null;
    }

    /// <summary>An address of this machine, <c>localhost</c>, or a bucket's name before either.</summary>
    private static bool IsOwn(string host)
    {
        if (host.Length == 0) return true; // HTTP/1.0, which no browser speaks
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address)) return IPAddress.IsLoopback(address);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".127.0.0.1", StringComparison.Ordinal);
    }

    private static string Cut(string? text) => text is { Length: > 100 } ? text[..100] : text ?? "";
}
