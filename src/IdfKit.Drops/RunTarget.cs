using IdfKit.Drops.Claims;
using IdfKit.Runs;
using IdfKit.Runs.Staging;
using IdfKit.Storage;

namespace IdfKit.Drops;

/// <summary>What a claimed run is a run of, and where: a dropped model in its folder, or a row of a study in that of the row.</summary>
internal abstract class RunTarget : IClaimRule
{
    /// <summary>The object that the model lies in.</summary>
    public abstract DroppedObject Drop { get; }

    /// <summary>How people know it.</summary>
    public abstract string Url { get; }

    /// <summary>Where its results go, without a trailing <c>/</c>.</summary>
    public abstract string Folder { get; }

    /// <summary>Whether others find it by notes when it waits for a file, or for more time.</summary>
    public virtual bool LeavesNotes => true;

    /// <summary>Whether it is run again, with more time, when the deadline stops it.</summary>
    public virtual bool HasMoreTimeLater => false;

    /// <summary>What has been asked of storage for it before its run began; null: nothing, or it has been counted.</summary>
    public virtual RequestCounts? Asked => null;

    /// <summary>Where its model comes from.</summary>
    /// <param name="claimed">The record as it was claimed.</param>
    public abstract IModelSource Source(RunRecord claimed);

    /// <summary>Its record before it is claimed.</summary>
    public virtual RunRecord Begin(RunRecord begun) => begun;

    /// <inheritdoc/>
    public abstract ClaimVerdict Decide(RunRecord? existing, string? requestId, DateTimeOffset now);

    /// <inheritdoc/>
    public abstract RunRecord After(RunRecord begun, RunRecord? existing);

    /// <summary>The record of an attempt that lets go of its claim by itself.</summary>
    public virtual RunRecord Released(RunRecord claimed) => claimed;

    /// <summary>Why what was claimed is not run any more, in one sentence; null when it is.</summary>
    public virtual string? WhyCrashed(RunRecord claimed) => null;
}
