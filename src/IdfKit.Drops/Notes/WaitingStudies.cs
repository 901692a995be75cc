using IdfKit.Storage;
using IdfKit.Studies;

namespace IdfKit.Drops.Notes;

/// <summary>Studies that wait for a file: what their record says, which lies where everybody can find it.</summary>
internal static class WaitingStudies
{
    /// <summary>Whether a study waits.</summary>
    public static async Task<bool> WaitsAsync(
        IAsyncFileSystem output, OutputLayout layout, ObjectKey study, CancellationToken cancellationToken)
    {
        var record = await RecordOfAsync(output, layout, study, cancellationToken).ConfigureAwait(false);
        return record is { Status: StudyStatus.Waiting } && record.Input.Key == study.Value;
    }

    private static async Task<StudyRecord?> RecordOfAsync(
        IAsyncFileSystem output, OutputLayout layout, ObjectKey study, CancellationToken cancellationToken)
    {
        var path = $"{layout.StudyFolderOf(study)}/{StudyRecordFile.Name}";
        try
        {
            var json = await output.ReadBytesOrNullAsync(path, cancellationToken).ConfigureAwait(false);
            return json is null ? null : StudyRecordFile.FromJson(json);
        }
        // a role that may not list is denied what is not there
        catch (StorageException e) when (e.Kind == StorageErrorKind.AccessDenied) { return null; }
    }
}
