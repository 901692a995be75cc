namespace IdfKit.Drops;

/// <summary>What the function's owner reads of its settings.</summary>
internal static partial class DropSentences
{
    internal static string BadSetting(string name, string value, string wanted) =>
        $"{Short(name)} is '{Short(value, 80)}'; it must be {Foreign(wanted, 100)}";

    internal static string NoSuchFolder(string name, string folder) =>
        $"{Short(name)} is '{Short(folder, 120)}', and there is no such folder.";

    internal static string UnusableSetting(string name, string why) => $"{Short(name)} cannot be used: {Foreign(why, 200)}";

    internal static string UnknownVariable(string name, string? nearest) =>
        $"{Short(name)} means nothing to this "
            + $"version{(nearest is null ? "" : $" (did you mean {Short(nearest)}?)")}; "
            + "docs/configuration.md lists the variables that do.";

    internal static string SettingsContradict(string name, string value, string alias) =>
        $"{Short(name)} is '{Short(value, 80)}' and {Short(alias)} is true, which means as_is; leave one of them out.";

    internal static string ConfinedAndUnsafe(string name, string value) =>
        $"{Short(name)} is '{Short(value, 80)}', and IDFKIT_ALLOW_UNSAFE_OBJECTS lets models do what that refuses; "
        + "take one of the two back.";

    internal static string CacheUnderInputs(string cache, string inputPrefix) =>
        $"The cache '{Short(cache, 80)}' lies under the input prefix '{Short(inputPrefix, 80)}', "
        + "so what is kept would start runs; choose another.";

    internal static string BadWeatherPlace(string place) =>
        $"the place '{Short(place, 80)}' must be a folder of a bucket that ends with a slash, such as s3://bucket/weather/.";
}
