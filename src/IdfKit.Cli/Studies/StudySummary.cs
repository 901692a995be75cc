using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>What has become of a study, in a few lines.</summary>
internal static class StudySummary
{
    /// <summary>How its rows have ended, and why some failed.</summary>
    public static void Write(TextWriter output, StudyRecord record)
    {
        output.WriteLine(CliSentences.Counts(record.Rows, record.Counts));
        foreach (var failure in record.Failures)
            output.WriteLine("  " + CliSentences.Failed(failure.Reason, failure.Sentence, failure.Count, failure.Examples));
    }

    /// <summary>Where the table and the page are.</summary>
    public static void WritePlaces(TextWriter output, StudyPlace place)
    {
        output.WriteLine($"Table: {place.Shown(StudyRecordFile.CsvName)}, {StudyRecordFile.ParquetName}");
        output.WriteLine($"Page:  {place.Shown(StudyRecordFile.PageName)}");
    }
}
