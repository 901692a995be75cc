using System.Globalization;
using System.Text;

using IdfKit.Engine;
using IdfKit.Studies;

namespace IdfKit.Drops.Studies;

/// <summary>
/// The mail that tells of a study's end. Names and messages may hold anything that a file's name may: the subject takes plain letters
/// alone, the text whole lines, and the command has its argument in quotes.
/// </summary>
internal static class StudyMail
{
    private const int LongestMessage = 500;

    /// <param name="place">Where the study's results are.</param>
    /// <param name="record">Its record, which has just been written.</param>
    /// <param name="isHeld">Whether nothing was started, which its message explains.</param>
    public static CalledMail Of(StudyPlace place, StudyRecord record, bool isHeld)
    {
        var unended = StudyRules.Unended(record);
        var name = Path.GetFileName(record.Input.Key);
        var page = place.At(StudyRecordFile.PageName);
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');

        Line(OneLine.Of(record.Message ?? "", LongestMessage));
        if (unended > 0 && !isHeld) Line(DropSentences.RowsNotRunMail(unended));
        Line();
        foreach (var (status, count) in record.Counts.OrderBy(count => count.Key, StringComparer.Ordinal))
            Line(string.Create(CultureInfo.InvariantCulture, $"{OneLine.Of(status, 20),-12} {count,7}"));
        Line();
        Line($"Bucket: {place.Results.Bucket}");
        Line($"Page:   {OneLine.Of(page, int.MaxValue)}");
        Line();
        Line($"aws s3 cp {Quoted(S3Url.Of(place.Results.Bucket, page))} .");
        return new(Plain(DropSentences.StudyEndMail(name, record.Rows - unended, record.Rows)), text.ToString());
    }

    /// <summary>The same in characters that no mail program and no header takes for anything else.</summary>
    private static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || " .,:-()".Contains(c, StringComparison.Ordinal) ? c : '_'));

    /// <summary>As a shell takes it for one word, whatever is in it.</summary>
    private static string Quoted(string word) => "'" + word.Replace("'", @"'\''", StringComparison.Ordinal) + "'";
}
