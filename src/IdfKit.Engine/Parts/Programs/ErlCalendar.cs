using System.Text.RegularExpressions;

namespace IdfKit.Engine.Parts.Programs;

/// <summary>
/// Finds programs of the energy management system that read what a part has otherwise than the whole: its year, the number of its
/// environment, the time of the machine, and numbers at random.
/// </summary>
internal static partial class ErlCalendar
{
    /// <param name="model">The staged copy, expanded.</param>
    /// <param name="hasItsYears">Whether parts have the years that the model has: run periods do, segments do not.</param>
    /// <returns>The first such program and what it reads; null where there is none.</returns>
    public static (ModelObject Program, string Word)? Of(Model model, bool hasItsYears = false)
    {
        foreach (var program in ErlProgram.In(model))
        {
            var words = program.Texts.Skip(model.Format is ModelFormat.Idf ? 1 : 0)
                .SelectMany(line => Word().Matches(line)).Select(found => found.Value);
            if (words.FirstOrDefault(word => !hasItsYears || !IsYear(word)) is { } word) return (program, word);
        }
        return null;
    }

    private static bool IsYear(string word) => word.EndsWith("Year", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\b(?:Year|CalendarYear|CurrentEnvironment|ActualDateAndTime|ActualTime)\b|@(?:RandomUniform|RandomNormal|SeedRandom)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
