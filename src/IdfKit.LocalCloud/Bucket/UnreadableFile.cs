namespace IdfKit.LocalCloud;

/// <summary>A file that was dropped and cannot be read.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Why">What the system says.</param>
public sealed record UnreadableFile(string Key, string Why);
