using System.Text;

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
    public bool Fatal => FatalMessage is not null;

    /// <summary>Why the run ended, if it did so by a fatal error.</summary>
    public string? FatalMessage { get; internal set; }

    /// <summary>What EnergyPlus names as the last severe error before the fatal one.</summary>
    public string? LastSevere { get; internal set; }

    /// <summary>Whether the file's last lines say that the run completed.</summary>
    public bool CompletedSuccessfully { get; internal set; }

    /// <summary>Whether the file ends before EnergyPlus wrote its counts: the run crashed, was stopped, or the file was cut.</summary>
    public bool IsCut { get; internal set; } = true;

    /// <summary>The messages in the order of the file.</summary>
    public IReadOnlyList<ErrMessage> Messages { get; internal set; } = [];

    /// <summary>Reads an <c>.err</c> file to its end; the stream is not closed. Any text gives a report, empty text an empty one.</summary>
    public static ErrReport Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Bytes of the model that are no UTF-8 become U+FFFD.
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var parser = new ErrParser();
        while (reader.ReadLine() is { } line) parser.Add(line);
        return parser.Finish();
    }
}
