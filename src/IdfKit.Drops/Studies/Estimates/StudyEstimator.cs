using IdfKit.Studies;

namespace IdfKit.Drops.Studies.Estimates;

/// <summary>Says what the rows of a study will take, before any of them is run.</summary>
/// <param name="settings">How they are run.</param>
/// <param name="examples">What earlier runs say.</param>
/// <param name="memoryMegabytes">The function's memory; null: they are run elsewhere.</param>
internal sealed class StudyEstimator(RunSettings settings, RowExamples examples, int? memoryMegabytes)
{
    private const int MostReasons = 2;

    private readonly RowCost _cost = new(settings);

    /// <param name="calls">The rows of each call, in the order in which they are run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StudyEstimate> OfAsync(
        IReadOnlyList<IReadOnlyList<EstimatedRow>> calls, CancellationToken cancellationToken)
    {
        var rows = calls.Sum(call => call.Count);
        if (rows == 0)
            return new(0, 0, memoryMegabytes is null ? null : 0, new(0, 0, 0, 0), DropSentences.NothingToEstimate)
            {
                Calls = 0, BytesStored = 0,
            };
        var (requests, seconds, bytes) = (RowCost.OfStudy, 0.0, 0L);
        List<string> reasons = [];
        foreach (var call in calls)
        {
            requests += RowCost.OfCall(call);
            foreach (var row in call)
            {
                if (await examples.ForAsync(row, cancellationToken).ConfigureAwait(false) is not { } example)
                    return new(rows, null, null, null, DropSentences.NothingLikeIt(row.Name)) { Calls = calls.Count };
                requests += _cost.OfRow(row, example);
                seconds += example.Seconds;
                bytes += example.StoredBytes;
                if (!reasons.Contains(example.How)) reasons.Add(example.How);
            }
        }
        var how = reasons.Count <= MostReasons ? string.Join(" ", reasons) : DropSentences.SeveralReasons(reasons[0], reasons.Count - 1);
        var memory = memoryMegabytes / 1024.0;
        // With the result cache more is stored, and less is run, than can be said beforehand.
        return new(rows, Math.Round(seconds, 1), memory is { } gb ? Math.Round(seconds * gb, 1) : null,
            settings.Cache is null ? requests.ForRecord() : null, how)
        {
            Calls = calls.Count, BytesStored = bytes,
        };
    }
}
