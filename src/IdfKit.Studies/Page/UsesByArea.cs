using IdfKit.Runs.Tables;

namespace IdfKit.Studies.Page;

/// <summary>What each use takes a square metre, of all fuels together, out of the end uses of the table.</summary>
internal static class UsesByArea
{
    private const string Prefix = "end_uses_gj_", Area = "total_area_m2", Ending = "_kwh_m2";
    private const double KwhOfGJ = 1e6 / 3600;

    // A column's name joins use and fuel, which both have several words: the use is known by its beginning.
    private static readonly string[] Uses =
    [
        "heating", "cooling", "interior_lighting", "exterior_lighting", "interior_equipment", "exterior_equipment", "fans", "pumps",
        "heat_rejection", "humidification", "heat_recovery", "water_systems", "refrigeration", "generators",
    ];

    /// <summary>The columns of uses that some row has; none where no row knows its area.</summary>
    public static IEnumerable<PageColumn> Of(ITableContent table)
    {
        var names = table.Columns.Select(column => column.Name).ToArray();
        if (Array.IndexOf(names, Area) is not (>= 0 and var area)) yield break;
        foreach (var use in Uses)
        {
            var parts = Enumerable.Range(0, names.Length).Where(at => names[at].StartsWith(Prefix + use + "_", StringComparison.Ordinal));
            if (Sums(table, [.. parts], area) is not { } numbers) continue;
            yield return new()
            {
                Name = use + Ending, Label = new(ColumnLabels.Sentence(use), Unit: "kWh/m²"), Role = ColumnRole.Figure, Numbers = numbers,
                IsLessBetter = true,
            };
        }
    }

    private static double[]? Sums(ITableContent table, IReadOnlyList<int> parts, int area)
    {
        var isAny = false;
        var sums = new double[table.RowCount];
        for (var row = 0; row < sums.Length; row++)
        {
            sums[row] = double.NaN;
            if (table.Cell(row, area).AsNumber is not (> 0 and var squareMetres)) continue;
            var used = parts.Select(part => table.Cell(row, part).AsNumber).Where(part => part is not null).ToArray();
            if (used.Length == 0) continue;
            sums[row] = used.Sum()!.Value * KwhOfGJ / squareMetres;
            isAny |= sums[row] != 0;
        }
        return isAny ? sums : null;
    }
}
