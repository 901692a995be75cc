using IdfKit.Runs;
using IdfKit.Runs.Publishing;
using IdfKit.Storage;

namespace IdfKit.Drops.Jobs;

/// <summary>The <c>outputs</c> of a job file: which result files are kept, by a name or in the patterns of the storage contract.</summary>
/// <param name="Profile">The set of that name; null: <paramref name="Patterns"/> say.</param>
/// <param name="Patterns">Null: the profile says.</param>
internal sealed record JobKept(OutputProfile? Profile, IReadOnlyList<string>? Patterns)
{
    private const int MostGlobs = 100, MostCharacters = 200;

    internal static JobKept Read(ref JobJson json) => json.IsText ? new(ReadProfile(ref json), null) : new(null, ReadPatterns(ref json));

    private static OutputProfile ReadProfile(ref JobJson json)
    {
        var name = json.Text("outputs");
        return OutputProfiles.Parse(name) ?? throw new JobFileFault(
            DropSentences.UnknownProfile(name, json.Line, Spelling.Nearest(name, OutputProfiles.Names), OutputProfiles.Names));
    }

    private static List<string> ReadPatterns(ref JobJson json)
    {
        json.Array("outputs", DropSentences.ProfileOrPatterns(OutputProfiles.Names));
        var globs = new List<string>();
        while (json.NextElement())
        {
            if (globs.Count == MostGlobs) throw new JobFileFault(DropSentences.TooManyInJobField("outputs", MostGlobs));
            var glob = json.Text("outputs");
            if (glob.Length > MostCharacters || !IsPattern(glob))
                throw new JobFileFault(DropSentences.BadGlob(glob, json.Line, MostCharacters));
            globs.Add(glob);
        }
        return globs;
    }

    private static bool IsPattern(string glob)
    {
        try { return !glob.Any(char.IsControl) && new GlobPattern(glob).LiteralPrefix is not null; }
        catch (ArgumentException) { return false; }
    }
}
