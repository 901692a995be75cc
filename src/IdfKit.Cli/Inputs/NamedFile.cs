using IdfKit.Drops;

namespace IdfKit.Cli.Inputs;

/// <summary>A file that a command line names.</summary>
/// <param name="Path">On this machine, whole.</param>
/// <param name="Relative">What is kept of its path where it goes: below the folder that was named, or its name; with <c>/</c>.</param>
internal sealed record NamedFile(string Path, string Relative)
{
    public bool IsModel => OutputLayout.IsModelOrBundle(ObjectKey.FromText(System.IO.Path.GetFileName(Path)));

    public bool IsBundle => Relative.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
