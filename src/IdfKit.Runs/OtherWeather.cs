namespace IdfKit.Runs;

/// <summary>What a file looks like that should be weather and is not.</summary>
internal enum OtherWeather
{
    /// <summary>Some text or other.</summary>
    Unknown,

    /// <summary>A <c>.zip</c> or <c>.gz</c>.</summary>
    Archive,

    /// <summary>HTML or XML.</summary>
    WebPage,

    /// <summary>What Git has in place of a large file that was not fetched.</summary>
    LargeFilePointer,

    /// <summary>Text with two bytes for each character.</summary>
    Utf16,
}
