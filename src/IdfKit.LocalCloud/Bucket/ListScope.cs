namespace IdfKit.LocalCloud.Bucket;

/// <summary>Which keys a listing is of.</summary>
/// <param name="Prefix">What they start with; empty for all.</param>
/// <param name="Delimiter">Up to where, behind the prefix, keys are rolled up; empty: none are.</param>
internal readonly record struct ListScope(string Prefix, string Delimiter)
{
    /// <summary>All keys, in order; where folders are rolled up one key for each of them.</summary>
    public List<string> Walk(BucketFolder folder) => KeyListing.Keys(folder, Prefix, isOneLevel: Delimiter == "/");
}
