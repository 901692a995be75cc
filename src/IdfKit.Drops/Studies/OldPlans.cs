using IdfKit.Storage;

namespace IdfKit.Drops.Studies;

/// <summary>
/// Removes the files of plans that have been replaced. The list of a plan's calls is read by its execution alone, and its copy of the study
/// by the collecting of that plan: both are over a week after it was planned, when the template ends an execution.
/// </summary>
/// <param name="place">Where the study's results are.</param>
/// <param name="time">The clock.</param>
internal sealed class OldPlans(StudyPlace place, TimeProvider time)
{
    /// <summary>A day more than TimeoutSeconds of the state machine.</summary>
    internal static readonly TimeSpan OldEnough = TimeSpan.FromDays(8);

    /// <summary>Costs a listing; a HEAD and a DELETE for each file that goes. What cannot be removed goes the next time.</summary>
    /// <param name="current">The plan that holds, whose files stay whatever their age.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RemoveAsync(string current, CancellationToken cancellationToken)
    {
        var files = place.Results.Files;
        try
        {
            var lies = await files.ListFolderAsync(place.At(StudyPlace.PlansName), options: null, cancellationToken)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var file in lies.Where(file => !file.IsFolder && IsOfPlan(file.Path) && !IsOf(file.Path, current) && IsOld(file)))
            {
                // The same study may be planned again at this moment: what was written anew stays.
                var now = await files.StatAsync(file.Path, cancellationToken).ConfigureAwait(false);
                if (!IsOld(now)) continue;
                var isConditional = now.ETag is not null && files.Capabilities.HasFlag(StorageCapabilities.ConditionalRemove);
                await (isConditional
                    ? files.RemoveAsync(file.Path, now.ETag!, cancellationToken)
                    : files.RemoveAsync(file.Path, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (StorageException) { return; } // the table is written; these are swept again with the next one
    }

    private bool IsOld(FileEntry file) => file.Modified is { } modified && time.GetUtcNow() - modified > OldEnough;

    private static bool IsOf(string path, string plan) => NameOf(path).StartsWith(plan + ".", StringComparison.Ordinal);

    /// <summary>A plan is called by its SHA-256; what else lies there is of the table.</summary>
    private static bool IsOfPlan(string path) => NameOf(path).Split('.')[0] is { Length: 64 } name && name.All(char.IsAsciiHexDigitLower);

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
