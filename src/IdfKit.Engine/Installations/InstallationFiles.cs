namespace IdfKit.Engine.Installations;

/// <summary>The names of EnergyPlus's files on this platform.</summary>
internal static class InstallationFiles
{
    public const string Idd = "Energy+.idd";
    public const string ReplayMark = "idfkit-replay.json";

    public static string Program => Executable("energyplus");
    public static string ExpandObjects => Executable("ExpandObjects");
    public static string EPMacro => Executable("EPMacro");
    public static string VersionUpdater => Path.Combine("PreProcess", "IDFVersionUpdater");
    public static string ReadVars => Path.Combine("PostProcess", Executable("ReadVarsESO"));
    public static string Slab => Path.Combine("PreProcess", "GrndTempCalc", Executable("Slab"));
    public static string Basement => Path.Combine("PreProcess", "GrndTempCalc", Executable("Basement"));

    public static string ApiLibrary =>
        OperatingSystem.IsWindows() ? "energyplusapi.dll" : OperatingSystem.IsMacOS() ? "libenergyplusapi.dylib" : "libenergyplusapi.so";

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
