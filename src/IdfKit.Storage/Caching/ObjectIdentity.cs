using System.Runtime.CompilerServices;

namespace IdfKit.Storage.Caching;

/// <summary>What a file system says of itself; for one that says nothing, as unique as the object and gone with the process.</summary>
internal static class ObjectIdentity
{
    private static readonly ConditionalWeakTable<object, string> Known = [];

    public static string Of(IAsyncFileSystem inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return inner.Identity ?? Known.GetValue(inner, static _ => $"object:{Guid.NewGuid():N}");
    }
}
