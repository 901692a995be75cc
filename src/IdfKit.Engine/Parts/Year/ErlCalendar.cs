using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Year;

/// <summary>
/// Finds programs of the energy management system that read what a segment has otherwise than the whole year: its year, the number of its
/// environment, the time of the machine, and numbers at random.
/// </summary>
internal static partial class ErlCalendar
{
    private static readonly string[] Classes = ["EnergyManagementSystem:Program", "EnergyManagementSystem:Subroutine"];

    /// <returns>The first such program and what it reads; null where there is none.</returns>
    public static (ModelObject Program, string Word)? Of(Model model)
    {
        foreach (var program in Classes.SelectMany(model.ObjectsOf))
        {
            var lines = program.Texts.Skip(model.Format is ModelFormat.Idf ? 1 : 0);
            if (lines.Select(line => Word().Match(line)).FirstOrDefault(found => found.Success) is { } word) return (program, word.Value);
        }
        return null;
    }

    [GeneratedRegex(
        @"\b(?:Year|CalendarYear|CurrentEnvironment|ActualDateAndTime|ActualTime)\b|@(?:RandomUniform|RandomNormal|SeedRandom)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
