using System.Text.Json;

namespace IdfKit.Engine.Results;

/// <summary>Messages that mean the same.</summary>
/// <param name="Id">Its name in the catalogue.</param>
/// <param name="Templates">How they begin.</param>
/// <param name="Meaning">What they mean, whether they are harmless, and what to do, on one line.</param>
/// <param name="IsHarmless">Whether the results are as good as without them.</param>
/// <param name="Standing">Where they stand among others.</param>
internal sealed record MessageKind(
    string Id, IReadOnlyList<MessageTemplate> Templates, string Meaning, bool IsHarmless, MessageStanding Standing)
{
    public static MessageKind Read(JsonElement json)
    {
        var isHarmless = json.GetProperty("harmless").GetBoolean();
        var means = json.GetProperty("means").GetString();
        var step = json.GetProperty("do").GetString();
        return new(
            json.GetProperty("id").GetString()!,
            [.. json.GetProperty("texts").EnumerateArray().Select(text => new MessageTemplate(text.GetString()!))],
            isHarmless ? $"{means} Harmless. {step}" : $"{means} {step}",
            isHarmless,
            StandingOf(json, isHarmless));
    }

    private static MessageStanding StandingOf(JsonElement json, bool isHarmless)
    {
        if (!json.TryGetProperty("standing", out var standing))
            return isHarmless ? MessageStanding.Harmless : MessageStanding.Unknown;
        return standing.ValueEquals("other place") ? MessageStanding.OtherPlace : MessageStanding.MissingOutput;
    }
}
