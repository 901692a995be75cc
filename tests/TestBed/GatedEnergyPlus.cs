namespace TestBed;

/// <summary>
/// The real EnergyPlus behind a gate: some runs go through it, and the next ones wait. So a test can stop what runs them after just these,
/// however late its signal comes. It is run as a program, and not by a host, which would load the library past the gate; and not confined,
/// which would keep the program behind the gate from it.
/// </summary>
public sealed class GatedEnergyPlus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="passes">How many runs go through.</param>
    public GatedEnergyPlus(int passes)
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        var real = RealParts.EnergyPlus();
        foreach (var path in Directory.EnumerateFileSystemEntries(real))
        {
            var name = Path.GetFileName(path);
            var isPastGate = name == "energyplus" || name.StartsWith("libenergyplusapi", StringComparison.Ordinal);
            if (!isPastGate) File.CreateSymbolicLink(_folder[name], path);
        }
        for (var pass = 1; pass <= passes; pass++) File.WriteAllText(_folder[$"pass{pass}"], "");
        File.WriteAllText(_folder["energyplus"], $"""
            #!/bin/sh
            for pass in '{_folder.Path}'/pass*; do rm "$pass" 2>/dev/null && exec '{real}/energyplus' "$@"; done
            while [ -e '{_folder.Path}' ] && kill -0 {Environment.ProcessId} 2>/dev/null; do sleep 0.1; done

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["energyplus"], (UnixFileMode)0b111_101_101);
    }

    /// <summary>For a program that is to run it.</summary>
    public Dictionary<string, string> Variables => new() { ["ENERGYPLUS_DIR"] = _folder.Path, ["IDFKIT_CONFINEMENT"] = "off" };

    /// <summary>Ends what waits before the gate, too.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_folder.Path)) _folder.Dispose();
    }
}
