using IdfKit.Storage.Files;

namespace IdfKit.Storage.Writing;

/// <summary>Writes beside the target on local disk, and takes the target's place at the end.</summary>
/// <param name="file">The file beside the target.</param>
/// <param name="commit">Puts it in the target's place.</param>
internal sealed class FileWriteStream(ReplacingFile file, Func<CancellationToken, FileEntry> commit) : StorageWriteStream
{
    protected override void Append(ReadOnlySpan<byte> content) => file.Write(content);

    protected override FileEntry Commit(CancellationToken cancellationToken) => commit(cancellationToken);

    protected override void Discard() => file.Dispose();
}
