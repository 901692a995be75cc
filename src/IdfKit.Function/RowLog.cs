using IdfKit.Drops;

namespace IdfKit.Function;

/// <summary>Logs each row of a study when it has come to its end, as the run that it is.</summary>
internal sealed class RowLog(RunLog runs, LogScope call) : IProgress<RunResult>
{
    public void Report(RunResult value)
    {
        if (value.Record is not { } record) return;
        runs.Write(new DroppedObject(record.Input.Bucket, ObjectKey.FromText(record.Input.Key)), value, call);
    }
}
