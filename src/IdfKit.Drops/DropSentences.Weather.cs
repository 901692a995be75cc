namespace IdfKit.Drops;

/// <summary>What a modeller reads of the weather of a dropped model.</summary>
internal static partial class DropSentences
{
    internal static string NoWeather(string sibling, bool isSiblingDenied, bool isFolderClosed)
    {
        var own = isSiblingDenied ? $"{Url(sibling)} is not there or may not be read" : $"no {Url(sibling)}";
        var folder = isFolderClosed ? "its folder may not be listed" : "no single .epw in its folder";
        var put = isFolderClosed ? "Put it there under this name" : "Put an .epw beside the model";
        return $"The model simulates a weather year, but there is no weather file: {own}, {folder}, and no default. {put}; it is then run.";
    }

    internal static string WeatherNotChosen(IReadOnlyList<string> names, string jobFile, string sibling) =>
        $"The model simulates a weather year, and of weather files there are {Count(names.Count)}: {Listed(names)}. "
        + $"Name one in {Short(jobFile)}, or call it {Short(sibling)}; the model is then run.";

    internal static string WeatherIsNoFile(string name, string who) =>
        $"The weather '{Short(name, 60)}' that {Short(who)} names is neither a file of the bucket nor s3://bucket/key; "
        + "correct it and drop the model again.";

    internal static string WeatherOutside(string name, string who, string place) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not read: {Key(place, 60)} is outside the input prefix. "
        + "Put it beside the model and name that, or ask the function's owner to add its folder to IDFKIT_WEATHER_PLACES.";

    internal static string WeatherAmongResults(string name, string who, string place) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not read: {Key(place, 60)} lies among results. "
        + "Put a copy of it beside the model, name that, and drop the model again.";

    internal static string NamedWeatherElsewhere(string name, string who, string place, string outside) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not at {Key(place, 36)} or may not be read; put it "
        + $"there, and the model is run. {Key(outside, 31)} is read only if the function's owner adds its folder to IDFKIT_WEATHER_PLACES.";

    internal static string NamedWeatherMissing(string name, string who, IReadOnlyList<string> places, bool mayArrive) =>
        $"The weather '{Short(name)}' that {Short(who)} names is not there; looked for {Places(places)}. "
        + (mayArrive ? "Put it there, and the model is run." : "Put it there, then drop the model again.");

    internal static string DefaultWeatherMissing(string name, IReadOnlyList<string> places) =>
        $"The default weather '{Short(name, 30)}' is not there; looked for {Places(places, 45)}. "
        + "Put an .epw beside the model, and the model is run; or ask the function's owner to put it there.";

    private static string Places(IReadOnlyList<string> places, int longest = 60) =>
        string.Join(", ", places.Take(2).Select(place => Key(place, longest)));
}
