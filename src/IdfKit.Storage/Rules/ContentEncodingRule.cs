namespace IdfKit.Storage.Rules;

/// <summary>What a content encoding may be: one word, as a header takes it, that no server or client reads as its own way of sending.</summary>
internal static class ContentEncodingRule
{
    private const int Longest = 64;

    /// <summary>What is wrong with it, as "an encoding that …"; null when nothing is.</summary>
    public static string? Fault(string? encoding)
    {
        if (encoding is null) return null;
        var isWord = encoding.Length is > 0 and <= Longest
            && encoding.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-');
        return isWord && encoding is not ("aws-chunked" or "chunked")
            ? null
            : $"the encoding '{StoragePath.Shown(encoding)}', which is none (such as 'gzip')";
    }
}
