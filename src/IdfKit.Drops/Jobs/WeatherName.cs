using System.Text;

using IdfKit.Storage;

namespace IdfKit.Drops.Jobs;

/// <summary>What cannot name a weather file anywhere, whatever is stored.</summary>
internal static class WeatherName
{
    /// <summary>What is wrong with the name, and what to do; null when it may name a file.</summary>
    internal static string? Fault(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return DropSentences.WeatherNameEmpty();
        if (name.Any(char.IsControl)) return DropSentences.WeatherNameWithLineEnd();
        if (Encoding.UTF8.GetByteCount(name) > StoragePath.MaxBytes + 100) return DropSentences.WeatherNameTooLong();
        if (name.StartsWith("arn:", StringComparison.OrdinalIgnoreCase)) return DropSentences.WeatherNameIsArn();
        if (!name.Contains("://", StringComparison.Ordinal)) return null;
        return S3Url.TryParse(name, out var url) && url.Key.IsPath ? null : DropSentences.WeatherNameIsOtherUrl();
    }
}
