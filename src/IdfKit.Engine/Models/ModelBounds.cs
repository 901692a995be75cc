namespace IdfKit.Engine.Models;

/// <summary>
/// How much a model may hold; far more than any has. What is kept of it is numbers, 12 bytes for each object, and 12 for each field of the
/// object that is looked at.
/// </summary>
internal static class ModelBounds
{
    public const int MostObjects = 1 << 20;

    public const int MostFields = 1 << 20;

    /// <summary>Bytes of a name or a value, without comments: it becomes text of twice the size, and some are taken apart.</summary>
    public const int LongestText = 1 << 16;

    /// <summary>Bytes of a model that must be converted to UTF-8, which may take three times as many.</summary>
    public const int MostConverted = 10_000_000;

    public static string TooManyObjects { get; } = $"it has more than {MostObjects} objects";

    public static string TooManyFields { get; } = $"an object has more than {MostFields} fields";

    public static string TooLongText { get; } = $"a name or value has more than {LongestText} bytes";
}
