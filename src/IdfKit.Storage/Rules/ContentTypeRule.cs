using System.Net.Http.Headers;

namespace IdfKit.Storage.Rules;

/// <summary>What a content type may be: <c>type/subtype</c> with parameters, of ASCII, as a header takes it.</summary>
internal static class ContentTypeRule
{
    private const int Longest = 256;

    /// <summary>What is wrong with it, as "a content type that …"; null when nothing is.</summary>
    public static string? Fault(string? contentType) =>
        contentType is null || contentType.Length <= Longest
            && !contentType.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && contentType.Trim() == contentType
            && MediaTypeHeaderValue.TryParse(contentType, out _)
            ? null
            : $"the content type '{StoragePath.Shown(contentType)}', which is none (such as 'text/csv; charset=utf-8')";
}
