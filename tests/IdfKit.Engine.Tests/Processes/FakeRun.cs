using System.Globalization;
using TestBed;

using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine.Tests.Processes;

/// <summary>FakeEnergyPlus as an installation, a model that scripts it, and where it writes.</summary>
internal sealed class FakeRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeRun(params string[] script)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(_folder["installation"]);
        File.WriteAllText(_folder["installation", "Energy+.idd"], "!IDD_Version 25.2.0\n!IDD_BUILD cf7368216c\n");

        // .NET may be installed where only DOTNET_ROOT says, and the runner hands no variable on.
        var root = Path.GetFullPath(Path.Combine(
            System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var program = Repository.Built("tests", "FakeEnergyPlus", "energyplus");
        ReplaceProgram($"DOTNET_EnableDiagnostics=0 DOTNET_ROOT='{root}' exec '{program}' \"$@\"");
        File.WriteAllLines(Model, script);
        Request = new() { ModelPath = Model, OutputDirectory = Output };
    }

    /// <summary>idfkit-engine as built for these tests.</summary>
    public static string EngineHost => RealParts.EngineHost;

    public string Model => _folder["model.idf"];
    public string Output => _folder["output"];
    public EngineRequest Request { get; set; }
    public EnergyPlusInstallation Installation => EnergyPlusInstallation.Find(_folder["installation"]);

    public string this[string name] => Path.Combine(Output, name);

    /// <summary>A shell script in FakeEnergyPlus's place.</summary>
    public void ReplaceProgram(string script)
    {
        var program = _folder["installation", "energyplus"];
        File.WriteAllText(program, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
    }

    public async Task<EngineRun> RunAsync(
        bool throughEngine = false, EngineOptions? options = null,
        IProgress<EngineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new() { KillGrace = TimeSpan.FromMilliseconds(200) };
        await using var runner = new EnergyPlusRunner(Installation, options with { EngineHostPath = throughEngine ? EngineHost : null });
        return await runner.RunAsync(Request, progress, cancellationToken);
    }

    /// <summary>Waits until the script has written a file, so that what comes next comes while it runs.</summary>
    public async Task WaitForAsync(string name)
    {
        while (!File.Exists(this[name]) || new FileInfo(this[name]).Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>The lines of the report that begin with a word.</summary>
    public IReadOnlyList<string> Report(string word) =>
        [.. File.ReadAllLines(this["report.txt"])
            .Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
            .Select(line => line[(word.Length + 1)..])];

    /// <summary>Of a program's grandchildren, those that are still alive.</summary>
    public IReadOnlyList<int> LivingChildren() =>
        [.. File.ReadAllLines(this["children.txt"]).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Where(id => Lives(id))];

    public static bool Lives(int id) => ProcessTable.Read().Any(entry => entry.Id == id && !entry.IsZombie);

    public void Dispose() => _folder.Dispose();
}
