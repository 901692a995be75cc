namespace IdfKit.Storage;

/// <summary>
/// An operation of a file system failed. Its message is one sentence for people, without control characters, and never
/// holds a secret.
/// </summary>
public sealed class StorageException : IOException
{
    /// <param name="kind">What went wrong.</param>
    /// <param name="operation">The operation as the interfaces name it without "Async", e.g. <c>ReadBytes</c>.</param>
    /// <param name="path">The path as the caller gave it.</param>
    /// <param name="message">What was tried, on what, what happened, what to do; null makes a sentence from the rest.</param>
    /// <param name="isTransient">Null: true for <see cref="StorageErrorKind.Throttled"/> and
    /// <see cref="StorageErrorKind.Unavailable"/> only.</param>
    /// <param name="innerException">The back end's own error.</param>
    public StorageException(
        StorageErrorKind kind, string operation, string path,
        string? message = null, bool? isTransient = null, Exception? innerException = null)
        : base(Printable.Of(message ?? Sentence(kind, operation, path)), innerException)
    {
        Kind = kind;
        Operation = operation;
        Path = path;
        IsTransient = isTransient ?? kind is StorageErrorKind.Throttled or StorageErrorKind.Unavailable;
    }

    /// <summary>What went wrong.</summary>
    public StorageErrorKind Kind { get; }

    /// <summary>The operation as the interfaces name it without "Async", e.g. <c>ReadBytes</c>.</summary>
    public string Operation { get; }

    /// <summary>The path as the caller gave it.</summary>
    public string Path { get; }

    /// <summary>Whether the same call may succeed later without anything being changed.</summary>
    public bool IsTransient { get; }

    /// <summary>
    /// The same failure under the name of what the caller asked for; that it was done by way of another operation is not
    /// the caller's business.
    /// </summary>
    internal StorageException Under(string operation) => operation == Operation
        ? this
        : new(Kind, operation, Path, OperationFirst(operation), IsTransient, InnerException ?? this);

    private string OperationFirst(string operation) =>
        Message.StartsWith(Operation + " ", StringComparison.Ordinal) ? operation + Message[Operation.Length..] : Message;

    private static string Sentence(StorageErrorKind kind, string operation, string path) => kind switch
    {
        StorageErrorKind.NotFound => $"{operation} of '{path}' failed: nothing is stored there.",
        StorageErrorKind.AccessDenied => $"{operation} of '{path}' was denied: check the credentials and their permissions.",
        StorageErrorKind.Conflict => $"{operation} of '{path}' failed: something else is in the way.",
        StorageErrorKind.PreconditionFailed =>
            $"{operation} of '{path}' changed nothing: the condition did not hold; read it again before the next try.",
        StorageErrorKind.InvalidPath => $"{operation} was given '{path}', which is no valid path here.",
        StorageErrorKind.Throttled => $"{operation} of '{path}' was refused because of too many requests: try again more slowly.",
        StorageErrorKind.Unavailable => $"{operation} of '{path}' failed: the storage did not answer as it should; try again.",
        StorageErrorKind.OutOfSpace => $"{operation} of '{path}' failed: no space is left.",
        StorageErrorKind.InvalidOptions => $"{operation} of '{path}' was given options that cannot be kept here; nothing was tried.",
        StorageErrorKind.Corrupted => $"{operation} of '{path}' failed: the content arrived cut off or altered; try again.",
        _ => $"{operation} of '{path}' failed.",
    };
}
