using System.Text.RegularExpressions;

namespace IdfKit.Cli.Places;

/// <summary>The variables of the AWS SDK that it would answer with an error of its own.</summary>
internal static partial class S3Environment
{
    private static readonly string[] Endpoints = ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"];
    private static readonly string[] Regions = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <exception cref="AddressException">One cannot be used; the message says which and what it must be.</exception>
    public static void Check()
    {
        foreach (var name in Endpoints)
            if (Value(name) is { } url && !IsEndpoint(url)) throw new AddressException(CliSentences.BadEndpoint(name, url));
        foreach (var name in Regions)
            if (Value(name) is { } region && !Region().IsMatch(region)) throw new AddressException(CliSentences.BadRegion(name, region));
    }

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool IsEndpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    [GeneratedRegex("^[A-Za-z0-9-]{1,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Region();
}
