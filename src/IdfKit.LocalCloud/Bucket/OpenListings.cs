using System.Text;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// The keys of listings whose last page has not been asked for, so that the folder is walked once for all pages of one. Each key that is
/// there from the first page to the last is told of; what has been removed meanwhile is left out when its page is made.
/// </summary>
internal sealed class OpenListings(TimeProvider time)
{
    private const int Most = 8;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1); // an older one goes on from a new walk

    private readonly Lock _gate = new();
    private readonly List<Listing> _open = [];

    /// <summary>The first page, and the token that asks for the next one; null: it is the last.</summary>
    /// <param name="scope">Which keys.</param>
    /// <param name="after">Behind which key; empty: from the beginning.</param>
    /// <param name="maxEntries">Of the page.</param>
    /// <param name="walk">Gives all keys of the scope as they are now, in order.</param>
    public (ListPage Page, string? Next) Begin(ListScope scope, string after, int maxEntries, Func<List<string>> walk) =>
        PageOf(new Listing(Guid.NewGuid().ToString("N"), scope, walk(), time.GetTimestamp()), after, maxEntries);

    /// <summary>The page that a token asks for.</summary>
    /// <inheritdoc cref="Begin"/>
    /// <exception cref="S3Exception">No page has given this token.</exception>
    public (ListPage Page, string? Next) Continue(ListScope scope, string token, int maxEntries, Func<List<string>> walk)
    {
        var (id, after) = Read(token);
        return Take(id, scope) is { } listing ? PageOf(listing, after, maxEntries) : Begin(scope, after, maxEntries, walk);
    }

    private (ListPage Page, string? Next) PageOf(Listing listing, string after, int maxEntries)
    {
        var page = ListPage.Of(listing.Keys, listing.Scope, after, maxEntries);
        if (page.Next is null) return (page, null);
        lock (_gate)
        {
            RemoveOld();
            _open.Add(listing);
            if (_open.Count > Most) _open.RemoveAt(0);
        }
        return (page, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{listing.Id}/{page.Next}")));
    }

    private Listing? Take(string id, ListScope scope)
    {
        lock (_gate)
        {
            RemoveOld();
            var found = _open.Find(listing => listing.Id == id && listing.Scope == scope);
            if (found is not null) _open.Remove(found);
            return found;
        }
    }

    private void RemoveOld() => _open.RemoveAll(listing => time.GetElapsedTime(listing.Since) > Lasts);

    private static (string Id, string After) Read(string token)
    {
        var bytes = new byte[token.Length];
        var text = Convert.TryFromBase64String(token, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw S3Exception.InvalidArgument("The continuation token provided is incorrect.");
        return (text[..slash], text[(slash + 1)..]);
    }

    private sealed record Listing(string Id, ListScope Scope, List<string> Keys, long Since);
}
