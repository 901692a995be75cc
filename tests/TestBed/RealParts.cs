using Xunit;

namespace TestBed;

/// <summary>
/// The real EnergyPlus, models and weather. What cannot be had skips the test and says so; test.sh names what was
/// skipped.
/// </summary>
public static class RealParts
{
    /// <summary>The folder beside the checkout that holds more real inputs, or null.</summary>
    public static string? SharedFolder { get; } =
        Existing(Environment.GetEnvironmentVariable("IDFKIT_SHARED")) ?? Existing(Path.GetFullPath(Repository.PathOf("..", "shared")));

    /// <summary>idfkit-engine as built for the tests.</summary>
    public static string EngineHost => Repository.Built("src", "IdfKit.Engine.Host", "idfkit-engine");

    /// <summary>EnergyPlus's folder: <c>ENERGYPLUS_DIR</c>, else where <c>eng/energyplus.sh</c> puts it.</summary>
    public static string EnergyPlus()
    {
        Needs.NotQuick("EnergyPlus");
        // test.sh found none that runs
        Needs.That(Environment.GetEnvironmentVariable("IDFKIT_TEST_ENERGYPLUS") != "none", Needs.EnergyPlus);
        var folders = new[]
        {
            Environment.GetEnvironmentVariable("ENERGYPLUS_DIR"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".cache", "idfkit", "energyplus", "EnergyPlus-25-2-0"),
        };
        var found = folders.FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "energyplus")));
        Needs.That(found is not null, Needs.EnergyPlus);
        return found!;
    }

    /// <summary>A model of <c>examples</c>, else of <c>shared/models</c>, by a part of its name, e.g. <c>RefBldgWarehouse</c>.</summary>
    public static string Model(string partOfName) => Input("models", partOfName, ".idf");

    /// <summary>A weather file of <c>examples</c>, else of <c>shared/weather</c>, by a part of its name, e.g. <c>Chicago</c>.</summary>
    public static string Weather(string partOfName) => Input("weather", partOfName, ".epw");

    public static IReadOnlyList<string> AllModels() => [.. Directory.GetFiles(Shared("models"), "*.idf").Order(StringComparer.Ordinal)];

    /// <summary>A file or folder of the shared corpus; without it the test is skipped.</summary>
    public static string Shared(params string[] segments)
    {
        var path = SharedFolder is null ? null : Path.Combine([SharedFolder, .. segments]);
        Needs.That(Path.Exists(path), Needs.SharedCorpus);
        return path!;
    }

    private static string Input(string folder, string partOfName, string extension)
    {
        var pattern = "*" + partOfName + "*" + extension;
        return Directory.GetFiles(Repository.PathOf("examples"), pattern).SingleOrDefault()
            ?? Directory.GetFiles(Shared(folder), pattern).Single();
    }

    private static string? Existing(string? folder) => !string.IsNullOrEmpty(folder) && Directory.Exists(folder) ? folder : null;
}
