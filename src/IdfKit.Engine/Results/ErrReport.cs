using System.Globalization;

using IdfKit.Engine.Results;

namespace IdfKit.Engine;

/// <summary>
/// What EnergyPlus said in its <c>.err</c> file. The counts are those of its last line where there is one: a file with few messages
/// can count millions.
/// </summary>
public sealed class ErrReport
{
    internal ErrReport()
    {
    }

    /// <summary>Warnings counted.</summary>
    public long Warnings { get; internal set; }

    /// <summary>Severe errors counted.</summary>
    public long Severe { get; internal set; }

    /// <summary>Whether the run ended by a fatal error.</summary>
    public bool Fatal => FatalError is not null;

    /// <summary>The fatal error, if the run ended by one.</summary>
    public ErrMessage? FatalError { get; internal set; }

    /// <summary>Why the run ended, if it did so by a fatal error.</summary>
    public string? FatalMessage => FatalError?.Text;

    /// <summary>
    /// The severe errors that led to the fatal one, the last at the end, at most ten: what a fatal error itself says is seldom
    /// why.
    /// </summary>
    public IReadOnlyList<ErrMessage> FatalContext =>
        FatalError is null
            ? []
            : [.. Messages.Where(message => message.Severity is ErrSeverity.Severe && message.Line < FatalError.Line).TakeLast(10)];

    /// <summary>
    /// What EnergyPlus names as the last severe error before the fatal one; else the last in the file, or null when there is
    /// none.
    /// </summary>
    public string? LastSevere { get; internal set; }

    /// <summary>Whether the file's last lines say that the run completed.</summary>
    public bool CompletedSuccessfully { get; internal set; }

    /// <summary>Whether the file ends before EnergyPlus wrote its counts: the run crashed, was stopped, or the file was cut.</summary>
    public bool IsCut { get; internal set; } = true;

    /// <summary>The messages in the order of the file.</summary>
    public IReadOnlyList<ErrMessage> Messages { get; internal set; } = [];

    /// <summary>
    /// The messages by kind: at most twenty, those first that a modeller should see first, with what they mean where that is known. Lines
    /// are those that a message names itself.
    /// </summary>
    public IReadOnlyList<MessageGroup> Groups => field ??= [.. MessageGroups.Of(Messages).Select(said => said.Group)];

    /// <summary>
    /// Reads an <c>.err</c> file to its end; the stream is not closed. Any text gives a report, empty text an empty one; a line of more
    /// than 64 KB is cut.
    /// </summary>
    public static ErrReport Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var messages = new List<ErrMessage>();
        var parser = new ErrParser(messages.Add);
        foreach (var line in BoundedLines.Of(stream)) parser.Add(line);
        parser.Finish();
        return new()
        {
            Messages = messages,
            FatalError = messages.Find(message => message.Severity is ErrSeverity.Fatal),
            LastSevere = parser.LastSevere ?? messages.FindLast(message => message.Severity is ErrSeverity.Severe)?.Text,
            CompletedSuccessfully = parser.CompletedSuccessfully,
            IsCut = parser.Totals is null,
            Warnings = parser.Totals?.Warnings ?? Sum(messages, ErrSeverity.Warning),
            Severe = parser.Totals?.Severe ?? Sum(messages, ErrSeverity.Severe),
        };
    }

    /// <summary>"3 warnings, 1 severe error; completed".</summary>
    public override string ToString()
    {
        var ending = Fatal ? "ended by a fatal error" : CompletedSuccessfully ? "completed" : "did not come to its end";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Warnings} {(Warnings == 1 ? "warning" : "warnings")}, {Severe} severe {(Severe == 1 ? "error" : "errors")}; {ending}");
    }

    private static long Sum(List<ErrMessage> messages, ErrSeverity severity) =>
        messages.Where(message => message.Severity == severity).Sum(message => message.Count);
}
