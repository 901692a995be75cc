namespace IdfKit.Engine;

/// <summary>A file that a model asks EnergyPlus to read.</summary>
/// <param name="Path">As the model writes it.</param>
/// <param name="ClassName">The object's class, or <c>##include</c>.</param>
/// <param name="ObjectName">The object's name, if it has one.</param>
/// <param name="Line">Where the path stands, from 1.</param>
public sealed record FileReference(string Path, string ClassName, string? ObjectName, int Line);
