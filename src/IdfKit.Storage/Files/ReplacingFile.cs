using System.Buffers;

namespace IdfKit.Storage.Files;

/// <summary>A file that is written beside its target and takes the target's place at once, or vanishes.</summary>
internal sealed class ReplacingFile : IDisposable
{
    private const int BufferBytes = 128 * 1024, MostTries = 100;

    private readonly string _target;
    private readonly string _temporary;
    private readonly string _operation;
    private readonly string _path;
    private string? _made;
    private bool _done;

    private ReplacingFile(string target, string operation, string path)
    {
        (_target, _operation, _path) = (target, operation, path);
        var folder = Path.GetDirectoryName(target)!;
        _temporary = Path.Combine(folder, TemporaryName.New());
        try
        {
            if (Directory.Exists(target) || FileKinds.Of(target) == FileKind.Special)
                throw new IOException("Something of that name that is no file is in the way.", LocalErrors.Exists);
            Stream = Create(folder);
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            RemoveMade();
            throw Wrap(error);
        }
    }

    /// <summary>Where the new content goes.</summary>
    public FileStream Stream { get; }

    /// <summary>Starts a new content for <paramref name="target"/>, whose folders are made.</summary>
    /// <exception cref="StorageException">Classified by <see cref="LocalErrors"/>, under <paramref name="operation"/>
    /// and <paramref name="path"/>.</exception>
    public static ReplacingFile Beside(string target, string operation, string path)
    {
        Required.Text(target, "the local path");
        return new ReplacingFile(Path.GetFullPath(target), operation, path);
    }

    /// <returns>How many bytes came.</returns>
    public long Fill(Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var source = CallerContent.Of(content, blocks: true, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var total = 0L; ; progress?.Report(total))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = source.Read(buffer, 0, buffer.Length);
                if (count == 0) return total;
                Write(buffer.AsSpan(0, count));
                total += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc cref="Fill"/>
    public async Task<long> FillAsync(Stream content, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var source = CallerContent.Of(content, blocks: false, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var total = 0L; ; progress?.Report(total))
            {
                var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0) return total;
                Write(buffer.AsSpan(0, count));
                total += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            Stream.Write(content);
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw Wrap(error);
        }
    }

    /// <summary>Several threads may write at several offsets.</summary>
    public void WriteAt(ReadOnlySpan<byte> content, long offset)
    {
        try
        {
            RandomAccess.Write(Stream.SafeFileHandle, content, offset);
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw Wrap(error);
        }
    }

    /// <summary>Waits until the content has reached the disk.</summary>
    public void Sync()
    {
        try
        {
            Stream.Flush(flushToDisk: true);
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw Wrap(error);
        }
    }

    /// <summary>Puts the new content in the target's place; a target that is there keeps its permissions.</summary>
    /// <param name="modified">The time to give it, or null for the time of writing.</param>
    public void Commit(DateTimeOffset? modified = null)
    {
        try
        {
            if (modified is { } time) File.SetLastWriteTimeUtc(Stream.SafeFileHandle, time.UtcDateTime);
            Stream.Dispose();
            if (!OperatingSystem.IsWindows() && File.Exists(_target)) File.SetUnixFileMode(_temporary, File.GetUnixFileMode(_target));
            File.Move(_temporary, _target, overwrite: true);
            _done = true;
        }
        catch (Exception error) when (LocalErrors.IsGone(error))
        {
            throw LocalErrors.Met(error, _operation, _path);
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            throw Wrap(error);
        }
    }

    /// <summary>Removes what was not put in place, and the folders that were made for it.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (_done) return;
        Removed(File.Delete, _temporary);
        RemoveMade();
    }

    // A folder that someone else uses by now stays.
    private void RemoveMade()
    {
        if (_made is null) return;
        for (var at = Path.GetDirectoryName(_target)!; at.Length >= _made.Length; at = Path.GetDirectoryName(at)!)
            if (Directory.Exists(at) && !Removed(Directory.Delete, at)) return;
    }

    private static bool Removed(Action<string> remove, string place)
    {
        try
        {
            remove(place);
            return true;
        }
        catch (Exception error) when (LocalErrors.IsOfDisk(error))
        {
            return false;
        }
    }

    private FileStream Create(string folder)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0
        };
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (_made is not null) Directory.CreateDirectory(folder);
                return new FileStream(_temporary, options);
            }
            catch (Exception missing) when (tries < MostTries && missing is DirectoryNotFoundException or FileNotFoundException)
            {
                // Another writer may make the folder in between, and remove it again when it fails.
                _made ??= FirstMissing(folder);
            }
        }
    }

    // The uppermost folder that is not there.
    private static string FirstMissing(string folder)
    {
        while (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent)) folder = parent;
        return folder;
    }

    private StorageException Wrap(Exception error)
    {
        // A missing parent was made, so what is "not found" or "not a folder" here is a file that stands where a folder should.
        var wrapped = LocalErrors.Wrap(error, _operation, _path);
        return wrapped.Kind is StorageErrorKind.NotFound
            ? LocalErrors.Wrap(new IOException("A file lies where a folder should be.", 17), _operation, _path)
            : wrapped;
    }
}
