using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>The record of a study while its rows run, which leads from the folder of the results to the study.</summary>
internal static class StudyNote
{
    public static async Task WriteAsync(StudyPlace place, Study study, string? message, CancellationToken cancellationToken)
    {
        var record = new StudyRecord
        {
            Status = StudyStatus.Running,
            Message = message,
            Input = new("", study.Path),
            Bases = [.. study.Variants().Select(variant => variant.Model).Distinct().Select(model => new RunInput("", model))],
            Parameters = study.Parameters,
            Rows = study.Rows.Count,
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
        var (files, path) = place.Results;
        await files.WriteBytesAsync(StoragePath.Join(path, StudyRecordFile.Name), StudyRecordFile.ToJson(record), cancellationToken);
    }
}
