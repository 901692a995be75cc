namespace IdfKit.Storage.Listing;

/// <summary>A back end whose listings can have many files as one entry, so that little is sent of what nobody asked for.</summary>
internal interface IGroupedListing
{
    /// <summary>
    /// All files below a folder, as <see cref="IAsyncFileSystem.ListAsync"/> gives them, but those that are alike up to and with
    /// <paramref name="mark"/> as one folder whose path ends with it.
    /// </summary>
    /// <remarks>A server that does not group gives all files, and some of them twice.</remarks>
    IAsyncEnumerable<FileEntry> ListGroupedAsync(string path, string mark, CancellationToken cancellationToken);
}
