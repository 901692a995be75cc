using IdfKit.Runs;

namespace IdfKit.Studies.Records;

/// <summary>What a record tells of a study itself, whatever has run of it.</summary>
internal static class StudyDescription
{
    private const int MostBases = 20;

    /// <summary>The record of a study of which nothing has been run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="input">Its file, when more is known of it than its path.</param>
    public static StudyRecord Of(Study study, RunInput? input = null) => new()
    {
        Status = StudyStatus.Planned,
        Input = input ?? new("", study.Path),
        Bases = [.. study.Variants().Select(variant => variant.Model).Distinct(StringComparer.Ordinal).Take(MostBases)
            .Select(path => new RunInput(input?.Bucket ?? "", study.Place.Local(path)))],
        Parameters = study.Parameters,
        Rows = study.Rows.Count,
    };
}
