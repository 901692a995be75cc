using IdfKit.Runs;

namespace IdfKit.Studies.Columns;

/// <summary>Reads the heading of a column.</summary>
internal static class Heading
{
    private const string TagsPrefix = "tags.";

    private static readonly Dictionary<string, StudyColumnKind> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = StudyColumnKind.Name,
        ["model"] = StudyColumnKind.Model,
        ["weather"] = StudyColumnKind.Weather,
        ["annual"] = StudyColumnKind.Option,
        ["design_day"] = StudyColumnKind.Option,
        ["timeout_seconds"] = StudyColumnKind.Option,
        ["label"] = StudyColumnKind.Option,
    };

    public static bool IsKnown(string heading) => Read(heading) is not null;

    /// <summary>The column of a heading; null when there is none of that kind.</summary>
    public static StudyColumn? Read(string heading)
    {
        if (Words.TryGetValue(heading, out var kind)) return new(heading, kind) { Key = heading.ToLowerInvariant() };
        if (IsTag(heading)) return new(heading, StudyColumnKind.Tag);
        if (heading.Length > TagsPrefix.Length && heading.StartsWith(TagsPrefix, StringComparison.OrdinalIgnoreCase))
            return new(heading, StudyColumnKind.Option) { Key = TagsPrefix + heading[TagsPrefix.Length..] };
        return FieldPath.Parse(heading) is { } path ? new(heading, StudyColumnKind.Field) { Key = path.Key, Path = path } : null;
    }

    /// <summary>The columns of a file; what is none, or stands twice, is a fault.</summary>
    public static IReadOnlyList<StudyColumn?> ReadAll(IReadOnlyList<string> headings, bool haveParameters, FaultList faults)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        List<StudyColumn?> columns = [];
        foreach (var (index, heading) in headings.Index())
        {
            var isParameter = haveParameters && heading.StartsWith('$');
            StudyColumn? column = isParameter ? new(heading, StudyColumnKind.Parameter) : Read(heading);
            columns.Add(column);
            if (heading.Length == 0) faults.Add(1, null, StudySentences.NoHeading(index + 1));
            else if (column is null) faults.Add(1, heading, StudySentences.UnknownHeading(heading, Spelling.Nearest(heading, Words.Keys)));
            else if (!seen.TryAdd(column.Key, heading)) faults.Add(1, heading, StudySentences.ColumnTwice(heading, seen[column.Key]));
        }
        return columns;
    }

    private static bool IsTag(string heading) =>
        heading is ['@', '@', _, .., '@', '@'] && heading.Length > 4 && !heading[2..^2].Contains('@', StringComparison.Ordinal);
}
