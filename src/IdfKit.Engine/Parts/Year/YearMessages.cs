namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Writes the <c>.err</c> file of a year: each message of its segments once, and a line that says what its counts are worth: segments
/// simulate some days twice, and size each for itself.
/// </summary>
internal static class YearMessages
{
    /// <param name="segments">Those of the segments.</param>
    /// <param name="into">Is read, too.</param>
    /// <param name="elapsed">What all have taken.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <param name="isOurs">Whether a message is about what the model does not ask for; those are left out.</param>
    /// <returns>What the <c>.end</c> file holds.</returns>
    public static byte[] Write(
        IReadOnlyList<FileStream> segments, FileStream into, TimeSpan elapsed, string name, Func<string, bool> isOurs)
    {
        var end = JoinedErrors.Write(segments, into, elapsed, name, isOurs);
        into.Position = 0;
        var lines = PartLines.Of(into, name);
        lines.Insert(1, $"{ErrParts.Row} {EngineSentences.CountsOfParts(segments.Count)}");
        into.SetLength(0);
        PartLines.Write(into, lines);
        return end;
    }
}
