namespace IdfKit.Engine;

/// <summary>The names of EnergyPlus's files on this platform.</summary>
internal static class InstallationFiles
{
    public const string Idd = "Energy+.idd";
    public const string ReplayMark = "idfkit-replay.json";

    public static string Program => Executable("energyplus");
    public static string ExpandObjects => Executable("ExpandObjects");
    public static string ReadVars => Path.Combine("PostProcess", Executable("ReadVarsESO"));
    public static string EpMacro => Executable("EPMacro");
    public static string Slab => Path.Combine("PreProcess", "GrndTempCalc", Executable("Slab"));
    public static string Basement => Path.Combine("PreProcess", "GrndTempCalc", Executable("Basement"));

    /// <summary>The folder of the Transition programs, their IDDs and their tables of renamed variables.</summary>
    public static string Updater => Path.Combine("PreProcess", "IDFVersionUpdater");

    public static string ApiLibrary =>
        OperatingSystem.IsWindows() ? "energyplusapi.dll" : OperatingSystem.IsMacOS() ? "libenergyplusapi.dylib" : "libenergyplusapi.so";

    public static string Transition(VersionTransition step) => Path.Combine(Updater, Executable(step.ProgramName));

    private static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
