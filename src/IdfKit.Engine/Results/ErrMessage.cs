using System.Text.Json.Serialization;

namespace IdfKit.Engine;

/// <summary>How bad a message of EnergyPlus is.</summary>
public enum ErrSeverity
{
    /// <summary>Worth a look.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Should be mended; the run goes on where it can.</summary>
    [JsonStringEnumMemberName("severe")]
    Severe,

    /// <summary>Ended the run.</summary>
    [JsonStringEnumMemberName("fatal")]
    Fatal,
}

/// <summary>A message of the <c>.err</c> file.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">The message; further lines of it follow after line feeds.</param>
/// <param name="Line">Where it starts in the file, from 1.</param>
public sealed record ErrMessage(ErrSeverity Severity, string Text, int Line)
{
    /// <summary>How often it happened, where the file sums it up ("occurred 123 total times"); else 1.</summary>
    public long Count { get; init; } = 1;
}
