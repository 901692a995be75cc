namespace IdfKit.Cli.Get;

/// <summary>What <c>idfkit get</c> was asked for.</summary>
/// <param name="Files">Patterns of files; empty: all.</param>
/// <param name="Output">The folder; null: one called like what was named.</param>
/// <param name="Overwrites">Files of others that are in the way are replaced.</param>
/// <param name="IsJson">JSON is printed.</param>
internal sealed record GetOptions(IReadOnlyList<string> Files, string? Output, bool Overwrites, bool IsJson);
