namespace TestBed;

/// <summary>
/// The example model with a place and two design days instead of its year: it needs no weather file, runs in half a
/// second, and lists its variables.
/// </summary>
public static class DesignDays
{
    private const string Days = """

        Site:Location, Golden, 39.74, -105.18, -7, 1829;
        SizingPeriod:DesignDay, Winter, 1, 21, WinterDesignDay, -18, 0, , , Wetbulb, -18, , , , ,
          82000, 3, 340, No, No, No, ASHRAEClearSky, , , , , 0;
        SizingPeriod:DesignDay, Summer, 7, 21, SummerDesignDay, 33, 15, , , Wetbulb, 16, , , , ,
          82000, 4, 120, No, No, No, ASHRAEClearSky, , , , , 1;
        Output:VariableDictionary, Regular;

        """;

    /// <summary>Its text, as IDF.</summary>
    public static string Model { get; } = Replace(Replace(File.ReadAllText(Repository.PathOf("examples", "one-zone.idf")),
        "No,                      !- Run Simulation for Sizing Periods", "Yes,"),
        "Yes;                     !- Run Simulation for Weather File Run Periods", "No;") + Days;

    /// <summary>The file, written to <paramref name="path"/>.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path)
    {
        File.WriteAllText(path, Model);
        return path;
    }

    private static string Replace(string text, string old, string now) => text.Contains(old, StringComparison.Ordinal)
        ? text.Replace(old, now, StringComparison.Ordinal)
        : throw new InvalidOperationException($"examples/one-zone.idf has no '{old}'.");
}
