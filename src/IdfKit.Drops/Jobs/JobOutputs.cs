using IdfKit.Engine;
using IdfKit.Runs;

namespace IdfKit.Drops.Jobs;

/// <summary>The variables and meters of a job file: each a name, or an object with name, key and frequency.</summary>
internal static class JobOutputs
{
    internal static readonly string[] Frequencies = ["Detailed", "Timestep", "Hourly", "Daily", "Monthly", "RunPeriod", "Annual"];

    private const int MostRequests = 1_000, MostCharacters = 200;

    private static readonly string[] Members = ["name", "key", "frequency"];

    internal static IReadOnlyList<OutputRequest> Read(ref JobJson json, string field)
    {
        json.Array(field);
        var requests = new List<OutputRequest>();
        while (json.NextElement())
        {
            if (requests.Count == MostRequests) throw new JobFileFault(DropSentences.TooManyInJobField(field, MostRequests));
            requests.Add(Request(ref json, field));
        }
        return requests;
    }

    private static OutputRequest Request(ref JobJson json, string field)
    {
        var line = json.Line;
        if (!json.IsText && !json.IsObject) throw json.Unfit(field, "a list of names, or of objects with name, key and frequency");
        var (name, key, frequency) = json.IsText ? (json.Text(field), "*", "Hourly") : Named(ref json, field);
        if (name is null) throw new JobFileFault(DropSentences.RequestWithoutName(field, line));
        var known = Frequencies.FirstOrDefault(known => known.Equals(frequency, StringComparison.OrdinalIgnoreCase))
            ?? throw new JobFileFault(DropSentences.UnknownChoice("frequency", frequency, line, Frequencies));
        if (IsOutOfBounds(name) || IsOutOfBounds(key)) throw new JobFileFault(DropSentences.BadRequestText(field, line, MostCharacters));
        try { return new OutputRequest(name, key, known); }
        catch (ArgumentException) { throw new JobFileFault(DropSentences.BadRequestText(field, line, MostCharacters)); }
    }

    private static (string? Name, string Key, string Frequency) Named(ref JobJson json, string field)
    {
        string? name = null, key = null, frequency = null;
        while (json.NextMember() is { } member)
        {
            var line = json.Line;
            json.Advance();
            var value = json.Text(field + "." + member);
            var isTwice = member switch
            {
                "name" => Set(ref name, value),
                "key" => Set(ref key, value),
                "frequency" => Set(ref frequency, value),
                _ => throw new JobFileFault(DropSentences.UnknownRequestMember(field, member, line, Spelling.Nearest(member, Members))),
            };
            if (isTwice) throw new JobFileFault(DropSentences.JobFieldTwice(field + "." + member, line));
        }
        return (name, key ?? "*", frequency ?? "Hourly");
    }

    private static bool Set(ref string? member, string value)
    {
        var isTwice = member is not null;
        member = value;
        return isTwice;
    }

    private static bool IsOutOfBounds(string text) => text.Length > MostCharacters || text.Any(char.IsControl);
}
