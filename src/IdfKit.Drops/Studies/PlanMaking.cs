using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using IdfKit.Drops.Objects;
using IdfKit.Drops.Studies.Estimates;
using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;
using IdfKit.Studies.Records;
using IdfKit.Studies.Tables;

namespace IdfKit.Drops.Studies;

/// <summary>Makes the plan of a study that was read and can be run: which rows, in which calls, and what they will take.</summary>
/// <param name="parts">What it works with.</param>
/// <param name="place">Where the study's results are.</param>
internal sealed class PlanMaking(StudyParts parts, StudyPlace place)
{
    private static readonly WriteOptions AsJson = new() { ContentType = "application/json" };

    /// <summary>Of more rows than these nothing is started.</summary>
    public int MostRows { get; init; } = int.MaxValue;

    /// <summary>Whether all rows are run in one call.</summary>
    public bool IsOneCall { get; init; }

    /// <summary>The function's memory; null: it is none.</summary>
    public int? MemoryMegabytes { get; init; }

    /// <param name="begun">What is known of the study already.</param>
    /// <param name="read">The study.</param>
    /// <param name="file">Its file on local disk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StudyTooLongRowException">A row alone is more than a call takes.</exception>
    public async Task<(StudyRecord Record, MadePlan Made)> MakeAsync(
        StudyRecord begun, ReadStudy read, string file, CancellationToken cancellationToken)
    {
        var hash = await HashAsync(read, file, cancellationToken).ConfigureAwait(false);
        var runs = await place.Output.RunsAsync(cancellationToken).ConfigureAwait(false);
        var ended = EndedOf(runs);
        var hasRun = read.Rows.ToLookup(row => ended.GetValueOrDefault(row.Variant!.Name) is { } run && run.Identity == row.Identity);
        var toRun = hasRun[false].ToList();
        var packed = Tickets.Pack([.. toRun.Select(row => Tickets.Of(row.Variant!, row.Identity))], parts.Settings.Studies.Concurrency);
        var estimate = await EstimateAsync(read.Rows, toRun, packed, runs, cancellationToken).ConfigureAwait(false);
        var tooMany = WhyNotStarted(begun, read.Rows.Count, estimate);
        if (tooMany is not null) packed = [];
        var calls = CallsOf(packed, hash, begun);
        await StoreAsync(calls, hash, begun, file, cancellationToken).ConfigureAwait(false);

        var message = tooMany ?? DropSentences.StudyPlanned(read.Rows.Count, toRun.Count);
        var started = tooMany is not null ? 0 : toRun.Count;
        var counts = hasRun[true].CountBy(row => ended[row.Variant!.Name].Status).ToDictionary(StringComparer.Ordinal);
        if (toRun.Count > 0) counts[StudyContent.NotRun] = toRun.Count;
        var record = StudyDescription.Of(read.Study!, begun.Input) with
        {
            Message = message,
            Bases = BasesOf(read.Rows),
            StartedAt = begun.StartedAt,
            Execution = begun.Execution,
            Counts = counts,
            Estimate = estimate,
            Plan = hash,
            ToRun = started,
        };
        var concurrency = Math.Max(1, Math.Min(parts.Settings.Studies.Concurrency, packed.Count));
        var answer = new PlanAnswer("planned", message)
        {
            Study = place.Url,
            Plan = hash,
            Total = read.Rows.Count,
            ToRun = started,
            Concurrency = concurrency,
            Workers = Tickets.WorkersFor(started, concurrency),
            Tickets = new(place.Results.Bucket, place.PlanPath(hash), packed.Count),
            Estimate = estimate,
        };
        return (record, new(answer) { Calls = calls });
    }

    private IReadOnlyList<RowsCall> CallsOf(IReadOnlyList<IReadOnlyList<CalledRow>> packed, string hash, StudyRecord begun) =>
    [
        .. packed.Select((rows, at) => new RowsCall
        {
            Rows = rows, Study = place.Url, Plan = hash, Ticket = at, Execution = begun.Execution,
        }),
    ];

    private string? WhyNotStarted(StudyRecord begun, int rows, StudyEstimate estimate)
    {
        var isModel = !FileKind.IsStudy(ObjectKey.FromText(begun.Input.Key));
        if (rows > MostRows)
            return isModel ? DropSentences.TooManyRuns(rows, MostRows) : DropSentences.TooManyRowsByItself(rows, MostRows);
        var most = parts.Settings.Studies.MaxRows;
        return estimate.RowsToRun > most ? DropSentences.TooManyRowsToStart(estimate.RowsToRun, most, estimate.Seconds) : null;
    }

    /// <summary>The calls, and the file as it was planned: the table is made of it, whatever becomes of the one that was dropped.</summary>
    private async Task StoreAsync(
        IReadOnlyList<RowsCall> calls, string hash, StudyRecord begun, string file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(calls, CallJson.Readable.IReadOnlyListRowsCall), false);
        await place.Results.Files.WriteAsync(place.PlanPath(hash), content, AsJson, cancellationToken).ConfigureAwait(false);
        var copy = place.CopyPath(hash, ObjectKey.FromText(begun.Input.Key));
        await place.Results.Files.UploadAsync(file, copy, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private Task<StudyEstimate> EstimateAsync(
        IReadOnlyList<StagedRow> all, List<StagedRow> toRun, IReadOnlyList<IReadOnlyList<CalledRow>> packed, RunTable runs,
        CancellationToken cancellationToken)
    {
        var hasFolder = runs.Rows.Select(run => run.Folder).ToHashSet(StringComparer.Ordinal);
        var companions = new Dictionary<StagedBase, int>();
        var rows = all.Select(row => EstimatedOf(row, hasFolder, companions)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        var calls = IsOneCall && toRun.Count > 0
            ? [[.. toRun.Select(row => rows[row.Variant!.Name])]]
            : packed.Select(call => call.Select(row => rows[row.Name]).ToList()).ToList();
        var layout = place.Results.Layout;
        var examples = new RowExamples(place.Output, runs, [.. rows.Values], key => layout.FolderOf(ObjectKey.FromText(key)));
        return new StudyEstimator(parts.Settings, examples, MemoryMegabytes).OfAsync(calls, cancellationToken);
    }

    private static EstimatedRow EstimatedOf(StagedRow row, HashSet<string> hasFolder, Dictionary<StagedBase, int> companions)
    {
        if (!companions.TryGetValue(row.Base, out var files)) companions[row.Base] = files = CompanionsOf(row);
        return new(row.Variant!.Name, row.Base.Drop.Key.Value, row.WeatherKey, row.Request)
        {
            OfBase = row.Base.Asked, OfWeather = row.OfWeather, Companions = files, HasFolder = hasFolder.Contains(row.Variant.Name),
        };
    }

    /// <summary>The files that the models of a base name, in the bucket.</summary>
    private static int CompanionsOf(StagedRow row)
    {
        if (row.Base.IsBundle) return 0; // they have come with it
        return row.Base.Model!.Read(row.Variant!.MakeModel()).ReferencedFiles.DistinctBy(file => file.Path).Count();
    }

    /// <summary>The one that rows run on which name none goes first.</summary>
    private static IReadOnlyList<RunInput> BasesOf(IReadOnlyList<StagedRow> rows) =>
    [
        .. rows.OrderBy(row => row.Variant!.Values.Any(value => value.Column.Kind == StudyColumnKind.Model))
            .Select(row => row.Base.Fetched.Input).DistinctBy(input => input.Key),
    ];

    private static Dictionary<string, (string? Identity, string Status)> EndedOf(RunTable runs) =>
        runs.Rows.Where(run => run.Status is not ("running" or "unknown") && run["reason"] as string != RunReason.InputsChanged)
            .ToDictionary(run => run.Folder, run => (run["study_identity"] as string, run.Status), StringComparer.Ordinal);

    private static async Task<string> HashAsync(ReadStudy read, string file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)));
        foreach (var row in read.Rows) hash.AppendData(Encoding.UTF8.GetBytes($"{row.Variant!.Name}\0{row.Identity}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
