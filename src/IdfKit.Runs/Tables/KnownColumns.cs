namespace IdfKit.Runs.Tables;

/// <summary>A place in the order of columns: a column, or all further ones whose names begin alike.</summary>
/// <param name="Name">Its name; of a group the beginning of its columns' names.</param>
/// <param name="Kind">What its values are; null: it is a group.</param>
/// <param name="IsOptional">Whether it is left out of a table in which nothing stands in it.</param>
internal sealed record KnownColumn(string Name, RunColumnKind? Kind, bool IsOptional = false);

/// <summary>The columns that every table has, in their order, and where those stand that only some records fill.</summary>
internal static class KnownColumns
{
    public const string Folder = "folder", ETag = "etag";
    public const string StudyPrefix = "study_", TagPrefix = "tags_", TimingPrefix = "timings_ms_", UsagePrefix = "usage_";

    /// <summary>The figures of the summary have no beginning in common.</summary>
    public const string FigurePrefix = "";

    public static IReadOnlyList<KnownColumn> All { get; } =
    [
        Text(Folder), Text("model_key"), Text("status"), Text("reason"), Text("message"), Text("label"),
        Optional("study_name", RunColumnKind.Text), Optional("study_row", RunColumnKind.Whole),
        Optional("study_key", RunColumnKind.Text), Optional("study_etag", RunColumnKind.Text), Group(StudyPrefix),
        Group(TagPrefix),
        Number("site_energy_gj"), Number("source_energy_gj"), Number("site_eui_mj_m2"), Number("source_eui_mj_m2"),
        Number("site_energy_kwh"), Number("site_eui_kwh_m2"), Number("total_area_m2"), Number("conditioned_area_m2"),
        Number("unmet_hours_heating"), Number("unmet_hours_cooling"),
        Number("unmet_hours_occupied_heating"), Number("unmet_hours_occupied_cooling"),
        Group(FigurePrefix),
        Integer("warnings"), Integer("severe"), Integer("fatal"), Number("hours_simulated"), Text("periods"), Text("why_empty"),
        Optional("segments_kind", RunColumnKind.Text), Optional("segments_count", RunColumnKind.Whole),
        Integer("exit_code"), Integer("signal"),
        Integer("timings_ms_queued"), Integer("timings_ms_stage"), Integer("timings_ms_preprocess"),
        Integer("timings_ms_simulate"), Integer("timings_ms_upload"), Integer("timings_ms_total"), Group(TimingPrefix),
        Integer("cpu_ms"), Integer("peak_memory_bytes"),
        Integer("usage_puts"), Integer("usage_gets"), Integer("usage_lists"), Integer("usage_deletes"),
        Integer("usage_bytes_in"), Integer("usage_bytes_out"), Number("usage_gb_seconds"), Group(UsagePrefix),
        Text("engine_version"), Text("weather_key"), Text("run_id"), Time("started_at"), Time("finished_at"), Text(ETag),
    ];

    /// <summary>The columns alone, by name.</summary>
    public static IReadOnlyDictionary<string, KnownColumn> ByName { get; } =
        All.Where(place => place.Kind is not null).ToDictionary(place => place.Name, StringComparer.Ordinal);

    /// <summary>Beginnings that say of whose a further column is.</summary>
    private static readonly string[] Prefixes = [StudyPrefix, TagPrefix, TimingPrefix, UsagePrefix];

    /// <summary>The group of a column that is none of <see cref="All"/>.</summary>
    public static string GroupOf(string name) =>
        Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? FigurePrefix;

    private static KnownColumn Text(string name) => new(name, RunColumnKind.Text);

    private static KnownColumn Integer(string name) => new(name, RunColumnKind.Whole);

    private static KnownColumn Number(string name) => new(name, RunColumnKind.Number);

    private static KnownColumn Time(string name) => new(name, RunColumnKind.Time);

    private static KnownColumn Optional(string name, RunColumnKind kind) => new(name, kind, IsOptional: true);

    private static KnownColumn Group(string prefix) => new(prefix, null);
}
