using System.Runtime.CompilerServices;

namespace IdfKit.Storage.Caching;

/// <summary>An identity for a file system that has none: as unique as the object, and gone with the process.</summary>
internal static class ObjectIdentity
{
    private static readonly ConditionalWeakTable<object, string> Known = [];

    public static string Of(object fileSystem) => Known.GetValue(fileSystem, static _ => $"object:{Guid.NewGuid():N}");
}
