using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>
/// The right of one process of this machine to run a study: a file that it holds open. It ends with the process, whatever way that
/// ends. In a bucket there is none.
/// </summary>
internal sealed class StudyLock : IDisposable
{
    private const string Name = ".running";
    private const int Tries = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly FileStream? _file;

    private StudyLock(FileStream? file) => _file = file;

    /// <summary>Takes it, and makes the folder of the results.</summary>
    /// <exception cref="CommandException">Another has it, or the folder cannot be written.</exception>
    public static async Task<StudyLock> TakeAsync(StudyPlace place, CancellationToken cancellationToken)
    {
        if (place.Files is not null) return new(null);
        try
        {
            Directory.CreateDirectory(Path.Combine(place.Output, StudyRecordFile.RunsName));
            for (var tries = 0; tries < Tries; tries++)
            {
                if (Open(place) is { } file) return new(file);
                await Task.Delay(BetweenTries, cancellationToken); // somebody may only have looked
            }
            throw new CommandException(CliSentences.IsRunning(place.ShownFile));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CliSentences.CannotWrite(place.ShownOutput, failed.GetBaseException().Message));
        }
    }

    /// <summary>Whether another process of this machine runs the study.</summary>
    public static bool IsTaken(StudyPlace place)
    {
        if (place.Files is not null || !File.Exists(PathOf(place))) return false;
        try
        {
            using var file = Open(place);
            return file is null;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // of another user, about whom nothing can be said
        }
    }

    // The file stays: who removed it could take another's.
    public void Dispose() => _file?.Dispose();

    private static string PathOf(StudyPlace place) => Path.Combine(Path.GetFullPath(place.Output), Name);

    /// <summary>Null: another has it.</summary>
    private static FileStream? Open(StudyPlace place)
    {
        try
        {
            return new(PathOf(place), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (IsSharing(held))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharing(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
