using System.Diagnostics;

using IdfKit.Engine;

using TestBed;

namespace RunBed;

/// <summary>
/// An installation whose program and library are a stranger's code (<c>tests/HostileEngine</c>), as after a memory bug in
/// EnergyPlus: a model says what it tries. Compiled once for each process of tests; without a compiler the test is
/// skipped.
/// </summary>
internal static class HostileEnergyPlus
{
    private const string Compiler = "cc";

    private static readonly Lazy<string?> Compiled = new(Compile);

    public static EnergyPlusInstallation Installation => EnergyPlusInstallation.Find(Folder);

    /// <summary>The program <c>withoutlandlock</c>, which runs another one as on a kernel that has no Landlock.</summary>
    public static string WithoutLandlock => Path.Combine(Folder, "withoutlandlock");

    private static string Folder
    {
        get
        {
            Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
            var folder = Compiled.Value;
            Needs.That(folder is not null, Needs.CCompiler);
            return folder!;
        }
    }

    /// <summary>A model that needs no weather and has these attacks carried out, one after another.</summary>
    public static string Model(params IEnumerable<string> attacks) =>
        string.Concat(attacks.Select(attack => $"! attack: {attack}\n")) + "Version,25.2;\nBuilding,Hostile;\n";

    private static string? Compile()
    {
        var sources = Repository.PathOf("tests", "HostileEngine");
        var folder = Path.Combine(AppContext.BaseDirectory, "HostileEngine");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Energy+.idd"), "!IDD_Version 25.2.0\n!IDD_BUILD cf7368216c\n");
        string[] own = ["program.c", "withoutlandlock.c"];
        var engine = Directory.GetFiles(sources, "*.c").Where(file => !own.Contains(Path.GetFileName(file))).ToArray();
        var isThere = Compile(folder, "libenergyplusapi.so", ["-shared", "-fPIC", .. engine])
            && Compile(folder, "energyplus", [Path.Combine(sources, "program.c"), .. engine])
            && Compile(folder, "withoutlandlock", [Path.Combine(sources, "withoutlandlock.c")]);
        return isThere ? folder : null;
    }

    /// <summary>False when there is no compiler. What does not compile is a mistake in a test and throws.</summary>
    private static bool Compile(string folder, string output, IReadOnlyList<string> arguments)
    {
        var made = Path.Combine(folder, output + ".made");
        using var process = Start(["-O1", "-Wall", "-Wextra", "-Werror", "-o", made, .. arguments]);
        if (process is null) return false;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{output} does not compile: {errors}");
        File.Move(made, Path.Combine(folder, output), overwrite: true);
        return true;
    }

    private static Process? Start(IEnumerable<string> arguments)
    {
        try { return Process.Start(new ProcessStartInfo(Compiler, arguments) { RedirectStandardError = true })!; }
        catch (System.ComponentModel.Win32Exception) { return null; } // there is none
    }
}
