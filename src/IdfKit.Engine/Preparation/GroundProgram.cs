using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Preparation;

/// <summary>
/// A ground preprocessor and the names that it gives its files (EnergyPlus 25.2, Auxiliary Programs, "Ground Heat
/// Transfer").
/// </summary>
internal sealed record GroundProgram(string Name, string? Path, string InputName, string ResultName, string Dictionary)
{
    private static readonly string Folder = System.IO.Path.GetDirectoryName(InstallationFiles.Slab)!;

    public static GroundProgram Slab(EnergyPlusInstallation installation) =>
        new("Slab", installation.SlabPath, "GHTIn.idf", "SLABSurfaceTemps.TXT",
            System.IO.Path.Combine(installation.Directory, Folder, "SlabGHT.idd"));

    public static GroundProgram Basement(EnergyPlusInstallation installation) =>
        new("Basement", installation.BasementPath, "BasementGHTIn.idf", "EPObjects.TXT",
            System.IO.Path.Combine(installation.Directory, Folder, "BasementGHT.idd"));
}
