using System.Text.RegularExpressions;

namespace IdfKit.Engine.Results;

/// <summary>Patterns on text that somebody may have written to keep them busy.</summary>
internal static class PatientMatch
{
    /// <summary>The first match; a failed one also when the pattern's time ran out before it was known.</summary>
    public static Match MatchOrNone(this Regex pattern, string text)
    {
        try { return pattern.Match(text); }
        catch (RegexMatchTimeoutException) { return Match.Empty; }
    }
}
