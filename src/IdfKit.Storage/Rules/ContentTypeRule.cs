using System.Net.Http.Headers;

namespace IdfKit.Storage.Rules;

/// <summary>What a content type may be: <c>type/subtype</c> with parameters, of ASCII, as a header takes it.</summary>
internal static class ContentTypeRule
{
    private const int Longest = 256;

    /// <summary>As headers write it: HTTP clients do so on the way, and a signature must be over what is sent.</summary>
    public static string? Canonical(string? contentType) =>
        contentType is not null && Fault(contentType) is null ? MediaTypeHeaderValue.Parse(contentType).ToString() : contentType;

    /// <summary>What is wrong with it, as "a content type that …"; null when nothing is.</summary>
    public static string? Fault(string? contentType) =>
        contentType is null || contentType.Length <= Longest
            && !contentType.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && contentType.Trim() == contentType
            && MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && parsed.Parameters.All(static parameter => parameter.Value is not null)
            ? null
            : $"the content type '{StoragePath.Shown(contentType)}', which is none (such as 'text/csv; charset=utf-8')";
}
