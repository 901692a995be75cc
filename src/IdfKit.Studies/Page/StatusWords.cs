using IdfKit.Engine;

namespace IdfKit.Studies.Page;

/// <summary>How a row ended, in words and looks.</summary>
internal static class StatusWords
{
    private static readonly string[] Known = ["completed", "failed", "timed_out", "crashed", "rejected", "unknown", "running", "not_run"];

    /// <summary>Where an ending stands among others.</summary>
    public static int Order(string status) => Array.IndexOf(Known, status) is >= 0 and var at ? at : Known.Length;

    public static string Of(string status) => status switch
    {
        "timed_out" => "out of time",
        "rejected" => "not started",
        "not_run" => "not run yet",
        _ => OneLine.Of(status.Replace('_', ' '), 40),
    };

    /// <summary>A class of the page's style.</summary>
    public static string Tile(string status) => status switch
    {
        "completed" => "done",
        "running" or "not_run" => "open",
        _ => "failed",
    };
}
