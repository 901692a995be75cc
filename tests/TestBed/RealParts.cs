using Xunit;

namespace TestBed;

/// <summary>The real EnergyPlus, models and weather. What cannot be had skips the test and says so; test.sh names what was skipped.</summary>
public static class RealParts
{
    /// <summary>The folder beside the checkout that holds real inputs, or null.</summary>
    public static string? SharedFolder { get; } =
        Existing(Environment.GetEnvironmentVariable("IDFKIT_SHARED")) ?? Existing(Path.GetFullPath(Repository.PathOf("..", "shared")));

    /// <summary>EnergyPlus's folder: <c>ENERGYPLUS_DIR</c>, else where <c>unpack.sh</c> puts it.</summary>
    public static string EnergyPlus()
    {
        var folders = new[]
        {
            Environment.GetEnvironmentVariable("ENERGYPLUS_DIR"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "idfkit", "energyplus", "EnergyPlus-25-2-0"),
        };
        var found = folders.FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "energyplus")));
        Assert.SkipWhen(found is null, "needs EnergyPlus: set ENERGYPLUS_DIR or run ../shared/energyplus/unpack.sh");
        return found!;
    }

    /// <summary>A model of <c>shared/models</c> by the start of its name, e.g. <c>RefBldgWarehouse</c>.</summary>
    public static string Model(string startOfName) => Input("models", startOfName, ".idf");

    /// <summary>A weather file of <c>shared/weather</c> by a part of its name, e.g. <c>Chicago</c>.</summary>
    public static string Weather(string partOfName) => Input("weather", partOfName, ".epw");

    public static IReadOnlyList<string> AllModels()
    {
        Assert.SkipWhen(SharedFolder is null, "needs ../shared/models");
        return [.. Directory.GetFiles(Path.Combine(SharedFolder!, "models"), "*.idf").Order(StringComparer.Ordinal)];
    }

    private static string Input(string folder, string partOfName, string extension)
    {
        Assert.SkipWhen(SharedFolder is null, $"needs ../shared/{folder}");
        return Directory.GetFiles(Path.Combine(SharedFolder!, folder), "*" + partOfName + "*" + extension).Single();
    }

    private static string? Existing(string? folder) => !string.IsNullOrEmpty(folder) && Directory.Exists(folder) ? folder : null;
}
