using System.Text;

using IdfKit.Cli.Prices;
using IdfKit.Runs;
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

    /// <summary>The record, for programs.</summary>
    public static void WriteJson(TextWriter output, StudyRecord record) =>
        output.WriteLine(Encoding.UTF8.GetString(StudyRecordFile.ToJson(record)));

    /// <summary>What its runs have taken, and what planning and collecting have; nothing where no record tells.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="record">The study's.</param>
    /// <param name="prices">At which prices; null: without any.</param>
    public static void WriteUsage(TextWriter output, StudyRecord record, PriceChoice? prices)
    {
        if (record.Usage is { } runs) output.WriteLine(CliSentences.Used(runs, of: "The rows"));
        if (record.OwnUsage is { } own) output.WriteLine(CliSentences.Used(own, of: "Plan and table"));
        if (prices is null) return;
        if ((record.Usage ?? record.OwnUsage) is null)
        {
            output.WriteLine(CliSentences.NothingUsed);
            return;
        }
        foreach (var line in BillText.Lines(Bill.Of(Sum(record.Usage, record.OwnUsage), prices), prices)) output.WriteLine(line);
    }

    private static RunUsage Sum(RunUsage? one, RunUsage? other)
    {
        var none = new RunUsage(0, 0, 0, 0, 0, 0, null);
        var (a, b) = (one ?? none, other ?? none);
        return new(
            a.Puts + b.Puts, a.Gets + b.Gets, a.Lists + b.Lists, a.Deletes + b.Deletes, a.BytesIn + b.BytesIn, a.BytesOut + b.BytesOut,
            a.GbSeconds is null && b.GbSeconds is null ? null : (a.GbSeconds ?? 0) + (b.GbSeconds ?? 0));
    }

    /// <summary>Where the table and the page are.</summary>
    public static void WritePlaces(TextWriter output, StudyPlace place)
    {
        output.WriteLine($"Table: {place.Shown(StudyRecordFile.CsvName)}, {StudyRecordFile.ParquetName}");
        output.WriteLine($"Page:  {place.Shown(StudyRecordFile.PageName)}");
    }
}
