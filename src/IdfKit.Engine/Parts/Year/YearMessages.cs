using System.Text;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Writes the <c>.err</c> file of a year: each message of its segments once, and a line that says what its counts are worth: segments
/// simulate some days twice, and size each for itself.
/// </summary>
internal static class YearMessages
{
    /// <param name="segments">Those of the segments.</param>
    /// <param name="into">Takes it.</param>
    /// <param name="elapsed">What all have taken.</param>
    /// <param name="name">What the modeller calls it.</param>
    /// <param name="added">Messages about what the model does not ask for are left out.</param>
    /// <returns>What the <c>.end</c> file holds.</returns>
    public static byte[] Write(
        IReadOnlyList<FileStream> segments, FileStream into, TimeSpan elapsed, string name, AddedOutputs added) =>
        JoinedErrors.Write(
            segments, into, elapsed, name, added.Messages, $"{ErrParts.Row} {EngineSentences.CountsOfParts(segments.Count)}");

    /// <summary>Copies the messages of a segment that did not complete.</summary>
    /// <param name="segment">Its file.</param>
    /// <param name="into">Takes it.</param>
    /// <param name="added">Messages about what the model does not ask for are left out.</param>
    public static void CopyOne(FileStream segment, FileStream into, AddedOutputs added)
    {
        if (segment.Length > PartLines.Largest)
        {
            segment.CopyTo(into);
            return;
        }
        using var reader = new StreamReader(segment, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        using var writer = new StreamWriter(into, Encoding.Latin1, leaveOpen: true) { NewLine = "\n" };
        var isOurs = added.Messages();
        while (reader.ReadLine() is { } line)
            if (!isOurs(line)) writer.WriteLine(line);
    }
}
