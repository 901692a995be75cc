using IdfKit.Storage;

namespace IdfKit.Runs.Publishing;

/// <summary>Decides under which condition a result is written, and what to do when that does not hold.</summary>
/// <param name="name">The file, relative to the folder of the run.</param>
/// <param name="options">What is written beside the content.</param>
/// <param name="write">Writes it, to a path and with options; may be called again.</param>
/// <param name="cancellationToken">Ends it.</param>
/// <returns>Whether it was written.</returns>
internal delegate Task<bool> ResultGuard(
    string name, WriteOptions options, Func<string, WriteOptions, CancellationToken, Task<FileEntry>> write,
    CancellationToken cancellationToken);
