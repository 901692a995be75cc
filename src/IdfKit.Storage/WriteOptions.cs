using System.Collections.ObjectModel;
using IdfKit.Storage.Rules;

namespace IdfKit.Storage;

/// <summary>How a write is done; the default replaces what is there.</summary>
public sealed record WriteOptions
{
    /// <summary>What the default bodies of the interfaces cannot give, whatever a back end declares.</summary>
    internal const StorageCapabilities NeedOwnWrite =
        StorageCapabilities.Conditions | StorageCapabilities.Metadata | StorageCapabilities.Tags
        | StorageCapabilities.ContentEncoding;

    /// <summary>Write only if nothing is stored at the path, else <see cref="StorageErrorKind.PreconditionFailed"/>.</summary>
    public bool IfAbsent { get; init; }

    /// <summary>
    /// Write only over the content with this <see cref="FileEntry.ETag"/>, else
    /// <see cref="StorageErrorKind.PreconditionFailed"/>.
    /// </summary>
    /// <value>With or without quotes; null: no condition. What cannot be an ETag is refused by the write.</value>
    public string? IfMatch { get; init => field = ETag.Unquoted(value); }

    /// <summary>MIME type; a hint that is ignored where the back end keeps none.</summary>
    /// <value>Written as headers write it: <c>text/csv; charset=utf-8</c>, with one blank before a parameter.</value>
    public string? ContentType { get; init => field = ContentTypeRule.Canonical(value); }

    /// <summary>
    /// How the content that is given is encoded, for those who read it by HTTP: browsers decode <c>gzip</c>. It is stored, and read by this
    /// library, as it is given.
    /// </summary>
    /// <value>A single word in lower case, such as <c>gzip</c>; null: not at all.</value>
    public string? ContentEncoding { get; init; }

    /// <summary>
    /// Small texts stored beside the content: keys of ASCII letters, digits and <c>-</c>, kept in lower case; values
    /// without control characters; 2,048 bytes in all.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get;
        init => field = Copied(value);
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Tags of the object, beside those of the file system. Amazon takes at most 10:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.
    /// </summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init => field = Copied(value);
    } = ReadOnlyDictionary<string, string>.Empty;

    // What was checked when a write began must still be so when it ends.
    private static IReadOnlyDictionary<string, string> Copied(IReadOnlyDictionary<string, string> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Count == 0 ? ReadOnlyDictionary<string, string>.Empty : new Dictionary<string, string>(value, StringComparer.Ordinal);
    }

    /// <summary>Refuses what a back end must refuse. Back ends call this before any I/O, after <see cref="StoragePath.Check"/>.</summary>
    /// <param name="operation">As <see cref="StorageException.Operation"/> names it.</param>
    /// <param name="path">Where the content goes.</param>
    /// <param name="capabilities">Those of the back end.</param>
    /// <exception cref="ArgumentException">Both conditions are given.</exception>
    /// <exception cref="NotSupportedException">A condition, metadata, a tag or an encoding is given that
    /// <paramref name="capabilities"/> does not hold.</exception>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidOptions"/>: an ETag that cannot be one, or
    /// metadata, a tag, a content type or an encoding that no server can hold.</exception>
    public void Validate(string operation, string path, StorageCapabilities capabilities)
    {
        if (IfAbsent && IfMatch is not null)
            throw new ArgumentException("IfAbsent and IfMatch contradict each other: give one.");
        if (IfAbsent || IfMatch is not null) Require(StorageCapabilities.Conditions, "has no conditional writes");
        if (Metadata.Count > 0) Require(StorageCapabilities.Metadata, "keeps no metadata");
        if (Tags.Count > 0) Require(StorageCapabilities.Tags, "keeps no tags");
        if (ContentEncoding is not null) Require(StorageCapabilities.ContentEncoding, "keeps no encoding");
        if (IfMatch is not null) ETag.Check(IfMatch, operation, path);
        var fault = MetadataRules.Fault(Metadata) ?? TagRules.Fault(Tags) ?? ContentTypeRule.Fault(ContentType)
            ?? ContentEncodingRule.Fault(ContentEncoding);
        if (fault is not null)
            throw new StorageException(StorageErrorKind.InvalidOptions, operation, path,
                $"{operation} of '{path}' was given {fault}; nothing was written.");

        void Require(StorageCapabilities needed, string otherwise)
        {
            if (!capabilities.HasFlag(needed)) throw new NotSupportedException($"This file system {otherwise}: see its Capabilities.");
        }
    }
}
