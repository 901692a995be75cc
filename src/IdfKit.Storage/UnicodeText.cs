using System.Text;

namespace IdfKit.Storage;

/// <summary>Whether text can be written as UTF-8.</summary>
internal static class UnicodeText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of the text in UTF-8; null when it has half of a surrogate pair.</summary>
    public static int? Utf8Bytes(string text)
    {
        try { return Strict.GetByteCount(text); }
        catch (EncoderFallbackException) { return null; }
    }

    public static bool IsWellFormed(string text) => Utf8Bytes(text) is not null;
}
