namespace IdfKit.Drops;

/// <summary>What a modeller reads where the role may not read what somebody has named or dropped.</summary>
internal static partial class DropSentences
{
    internal static string ModelDenied(string url) =>
        $"{Url(url)} is not there or may not be read, so it was not run. "
        + "Ask the function's owner to let its role read it (and use its key, if it is encrypted), then drop the model again.";

    internal static string JobFileDenied(string key) =>
        $"The job file '{Key(key, 80)}' is there, but the function may not read it, so the model was not run. "
        + "Put it there again, and the model is run; or ask the function's owner to let its role read it.";

    internal static string JobFileUnknown(string key) =>
        $"The job file '{Key(key, 80)}' is not there or may not be read, and its folder may not be listed, so the model was run without; "
        + "if it is there, ask the function's owner to let its role read it.";

    internal static string NamedWeatherDenied(string name, string who, IReadOnlyList<string> places, bool mayArrive) =>
        $"The weather '{Short(name, 30)}' that {Short(who, 30)} names is not there or may not be read: {Places(places, 40)}. "
        + (mayArrive
            ? "Put it at the first of these, and the model is run; or ask the function's owner to let its role read it."
            : "Ask the bucket's owner to let the function's role read it, then drop the model again.");

    internal static string DefaultWeatherDenied(string name, IReadOnlyList<string> places) =>
        $"The default weather '{Short(name, 30)}' is not there or may not be read: {Places(places, 45)}. "
        + "Put an .epw beside the model, and the model is run; or ask the function's owner to let its role read it.";

    internal static string OwnWeatherDenied(string url) =>
        $"The model's weather file {Url(url)} is there, but the function may not read it. "
        + "Put it there again, and the model is run; or ask the function's owner to let its role read it.";

    internal static string OwnWeatherUnknown(string url) =>
        $"{Url(url)} is not there or may not be read, and its folder may not be listed, so the default weather was taken; "
        + "if it is there, ask the function's owner to let its role read it.";
}
