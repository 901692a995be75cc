using IdfKit.Storage;

namespace IdfKit.Drops.Jobs;

/// <summary>The <c>outputs</c> of a job file: which result files are kept, in the patterns of the storage contract.</summary>
internal static class JobGlobs
{
    private const int MostGlobs = 100, MostCharacters = 200;

    internal static IReadOnlyList<string> Read(ref JobJson json)
    {
        json.Array("outputs");
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
