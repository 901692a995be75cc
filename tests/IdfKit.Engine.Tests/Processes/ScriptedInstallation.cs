using TestBed;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>An installation whose programs are shell scripts, and a model beside it.</summary>
internal sealed class ScriptedInstallation : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScriptedInstallation(string model, string version = "25.2.0")
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(Work);
        File.WriteAllText(Model, model);
        Write("energyplus", "exit 0");
        File.WriteAllText(_folder["Energy+.idd"], $"!IDD_Version {version}\n");
    }

    /// <summary>The folder of the model and of what is made of it.</summary>
    public string Work => _folder["work"];

    public string Model => Path.Combine(Work, "model.idf");
    public string Made => Path.Combine(Work, "made.idf");
    public EnergyPlusInstallation Installation => EnergyPlusInstallation.Find(_folder.Path);

    /// <summary>Puts a script in the place of a program.</summary>
    public ScriptedInstallation With(string program, string script)
    {
        Write(program, script);
        return this;
    }

    public ScriptedInstallation WithSlab(string script) => With("PreProcess/GrndTempCalc/Slab", script);

    /// <summary>A step that changes the version as the real program does; <paramref name="how"/> sees $1, the model.</summary>
    public ScriptedInstallation WithTransition(string from, string to, string? how = null) => With(
        $"PreProcess/IDFVersionUpdater/Transition-V{from}-to-V{to}",
        how ?? $"""
        test -f V{to}-Energy+.idd || exit 9
        cp "$1" "$1old"
        sed 's/^Version.*/Version,{to.Replace('-', '.')[..^2]};/' "$1" > "$1new"
        cp "$1new" "$1"
        echo "{to}" >> '{Work}/steps'
        """).WithFile($"PreProcess/IDFVersionUpdater/V{to}-Energy+.idd", "");

    public ScriptedInstallation WithFile(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
        return this;
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string program, string script)
    {
        WithFile(program, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder[program], (UnixFileMode)0b111_101_101);
    }
}
