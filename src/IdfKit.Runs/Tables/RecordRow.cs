using System.Text.Json;

using IdfKit.Runs.Records;

namespace IdfKit.Runs.Tables;

/// <summary>Makes a row out of a record. Only JSON is read, so that what a later version adds to the figures is a column, too.</summary>
internal sealed class RecordRow(ColumnNames names)
{
    /// <summary>The status of a row without a record.</summary>
    public const string Unknown = "unknown";

    /// <summary>Larger ones are no records: those have at most 256 KB.</summary>
    public const long LargestBytes = 1 << 20;

    private const string Schemas = "idfkit.run/", Schema = "idfkit.run/1";

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The row of a record; one that says what is wrong with it, when it is none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="etag">The record's.</param>
    /// <param name="json">The record.</param>
    public RunRow Of(string folder, string? etag, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.WithoutMark(json), Lenient);
            var record = document.RootElement;
            if (SchemaOf(record) is not { } schema) return Bad(folder, etag, RunSentences.NoRecordOfARun);
            return schema == Schema
                ? Row(folder, etag, new(record))
                : Without(folder, etag, "newer_record", RunSentences.NewerRecord(schema[Schemas.Length..]));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) // the latter: text that is not UTF-8
        {
            return Bad(folder, etag, RunSentences.BrokenRecord);
        }
    }

    /// <summary>The row of a record that is none.</summary>
    public RunRow Bad(string folder, string? etag, string sentence) => Without(folder, etag, "bad_record", sentence);

    /// <summary>The row of a run of which no record was read.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="etag">The record's; null when it was not read, so that another call tries again.</param>
    /// <param name="reason">A code.</param>
    /// <param name="sentence">What happened, and what to do.</param>
    public RunRow Without(string folder, string? etag, string reason, string sentence) =>
        Begin(folder, etag)
            .Set("status", RunCell.Of(Unknown))
            .Set("reason", RunCell.Of(reason))
            .Set("message", RunCell.Of(sentence))
            .Build();

    // Records that were written before the schema had a name have all else that makes one.
    private static string? SchemaOf(JsonElement record)
    {
        if (record.ValueKind is not JsonValueKind.Object) return null;
        var fields = new RecordFields(record);
        if (fields["status"].Text is null || fields["run_id"].Text is null) return null;
        var schema = fields["schema"].Text ?? Schema;
        return schema.StartsWith(Schemas, StringComparison.Ordinal) ? schema : null;
    }

    private RunRow Row(string folder, string? etag, RecordFields record)
    {
        var row = Begin(folder, etag)
            .Set("model_key", record["input"]["key"].TextCell)
            .Set("weather_key", record["weather"]["key"].TextCell)
            .Set("engine_version", record["engine"]["version"].TextCell)
            .Set("segments_kind", record["segments"]["kind"].TextCell)
            .Set("segments_count", record["segments"]["count"].IntegerCell);
        foreach (var name in (string[])["status", "reason", "message", "label", "run_id"]) row.Set(name, record[name].TextCell);
        foreach (var name in (string[])["exit_code", "signal", "peak_memory_bytes", "cpu_ms"]) row.Set(name, record[name].IntegerCell);
        foreach (var name in (string[])["started_at", "finished_at"]) row.Set(name, record[name].TimeCell);

        var summary = record["summary"];
        foreach (var (name, figure) in summary.Fields) SetFigure(row, name, figure);
        foreach (var name in (string[])["warnings", "severe", "fatal"])
            row.Set(name, summary[name].IntegerCell).Set(name, record["diagnostics"][name].IntegerCell);

        foreach (var (name, tag) in record["tags"].Fields) row.Set(KnownColumns.TagPrefix + ColumnNames.Part(name), tag.TextCell);
        SetAll(row, KnownColumns.StudyPrefix, record["study"]);
        SetAll(row, KnownColumns.TimingPrefix, record["timings_ms"]);
        SetAll(row, KnownColumns.UsagePrefix, record["usage"]);
        return row.Build();
    }

    private RowBuilder Begin(string folder, string? etag) =>
        new RowBuilder(names).Set(KnownColumns.Folder, RunCell.Of(folder)).Set(KnownColumns.ETag, RunCell.Of(etag));

    private static void SetFigure(RowBuilder row, string name, RecordFields figure)
    {
        if (name is "schema" or "warnings" or "severe" or "fatal") return;
        if (name is "periods") row.Set(name, PeriodsOf(figure));
        else if (name is "peaks") SetPeaks(row, figure);
        else if (IsFigure(name)) SetAny(row, ColumnNames.Part(name), figure);
    }

    // A figure has neither the name of what is no figure nor that of another group.
    private static bool IsFigure(string name)
    {
        var column = ColumnNames.Part(name);
        if (column.Length == 0 || KnownColumns.GroupOf(column) != KnownColumns.FigurePrefix) return false;
        return !KnownColumns.ByName.TryGetValue(column, out var known) || known.Kind is RunColumnKind.Number || column is "why_empty";
    }

    private static RunCell PeriodsOf(RecordFields periods)
    {
        var said = periods.Items.Select(period => $"{period["name"].Text}: {period["from"].Text} to {period["to"].Text}");
        return string.Join("; ", said) is { Length: > 0 } all ? RunCell.Of(all) : default;
    }

    private static void SetPeaks(RowBuilder row, RecordFields peaks)
    {
        foreach (var peak in peaks.Items)
        {
            if (peak["fuel"].Text is not { } fuel) continue;
            row.Set($"peaks_{ColumnNames.Part(fuel)}_watts", peak["watts"].NumberCell);
            row.Set($"peaks_{ColumnNames.Part(fuel)}_at", peak["at"].TextCell);
        }
    }

    private static void SetAll(RowBuilder row, string prefix, RecordFields fields)
    {
        foreach (var (name, field) in fields.Fields) SetAny(row, prefix + ColumnNames.Part(name), field);
    }

    private static void SetAny(RowBuilder row, string column, RecordFields field)
    {
        if (field.IsObject) SetAll(row, column + "_", field);
        else row.Set(column, KnownColumns.ByName.TryGetValue(column, out var known) ? field.CellOf(known.Kind!.Value) : field.Cell);
    }
}
