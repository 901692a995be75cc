using IdfKit.Runs;

namespace IdfKit.Drops.Inputs;

/// <summary>What named or chose the weather of a dropped model, as the record has it: <see cref="RunWeather.Source"/>.</summary>
internal static class WeatherSource
{
    public const string JobFile = "job_file";

    /// <summary>That of the model's object.</summary>
    public const string Metadata = "metadata";

    /// <summary>The row of a study.</summary>
    public const string Study = "study";

    /// <summary>It is called like the model.</summary>
    public const string Sibling = "sibling";

    /// <summary>It is the only one of the model's folder.</summary>
    public const string Folder = "folder";

    /// <summary>The function's own.</summary>
    public const string Default = "default";

    /// <summary>Who named it, for a sentence.</summary>
    public static string Who(string source) => source switch
    {
        JobFile => "the job file",
        Metadata => "the model's metadata",
        Study => "the study",
        _ => "the default weather",
    };
}
