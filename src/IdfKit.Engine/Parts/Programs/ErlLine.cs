namespace IdfKit.Engine.Parts.Programs;

/// <summary>A line of a program of the energy management system.</summary>
/// <param name="Word">What it begins with, in capitals, where it sets nothing: IF, RETURN …</param>
/// <param name="Sets">What it sets, or which program it runs; empty: nothing.</param>
/// <param name="Reads">The names in the rest of it.</param>
internal sealed record ErlLine(string Word, string Sets, IReadOnlyList<string> Reads);
