namespace IdfKit.Runs.Records;

/// <summary>What a modeller does after a run, in the words of where the model came from: a bucket, or a program's own job.</summary>
internal sealed class NextStep(RunRecord record)
{
    private const string JobFileExtension = ".job.json";

    /// <summary>Whether the function ran the model; else a program did.</summary>
    public bool IsFunction { get; } = record.Input.Bucket.Length > 0;

    /// <summary>"drop the model again".</summary>
    public string Again => IsFunction ? "drop the model again" : "run the model again";

    /// <summary><c>office.job.json</c>; null when there can be none.</summary>
    public string? JobFile => IsFunction ? Path.GetFileNameWithoutExtension(record.Input.Key) + JobFileExtension : null;
}
