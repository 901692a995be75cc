using System.Globalization;

namespace IdfKit.Runs.Tables;

/// <summary>One value of a row, in sixteen bytes: those of thousands of rows are kept at once.</summary>
internal readonly struct RunCell
{
    // What the bits are; a text stands in the same place itself.
    private static readonly object Integers = new(), Numbers = new(), Flags = new(), Times = new();

    private readonly object? _what;
    private readonly long _bits;

    private RunCell(object? what, long bits) => (_what, _bits) = (what, bits);

    public bool IsEmpty => _what is null;

    public RunColumnKind Kind =>
        _what == Numbers ? RunColumnKind.Number
        : _what == Integers ? RunColumnKind.Whole
        : _what == Times ? RunColumnKind.Time
        : _what == Flags ? RunColumnKind.Flag
        : RunColumnKind.Text;

    /// <summary>As the kind says; null: nothing.</summary>
    public object? Value => _what is null ? null : Kind switch
    {
        RunColumnKind.Number => Number,
        RunColumnKind.Whole => _bits,
        RunColumnKind.Time => Time,
        RunColumnKind.Flag => _bits != 0,
        _ => _what,
    };

    /// <summary>As text, alike everywhere, from which <see cref="Read"/> makes the same value; null: nothing.</summary>
    public string? Text => _what is null ? null : Kind switch
    {
        RunColumnKind.Number => TextOf(Number),
        RunColumnKind.Whole => _bits.ToString(CultureInfo.InvariantCulture),
        RunColumnKind.Time => Time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        RunColumnKind.Flag => _bits != 0 ? "true" : "false",
        _ => (string)_what,
    };

    /// <summary>A number, whole or not; null: it is none.</summary>
    public double? AsNumber => _what == Numbers ? Number : _what == Integers ? _bits : null;

    private double Number => BitConverter.Int64BitsToDouble(_bits);

    private DateTimeOffset Time => new(_bits, TimeSpan.Zero);

    public static RunCell Of(string? text) => new(text, 0);

    public static RunCell Of(long number) => new(Integers, number);

    /// <summary>Nothing for what is no finite number.</summary>
    public static RunCell Of(double number) => double.IsFinite(number) ? new(Numbers, BitConverter.DoubleToInt64Bits(number)) : default;

    public static RunCell Of(bool flag) => new(Flags, flag ? 1 : 0);

    public static RunCell Of(DateTimeOffset time) => new(Times, time.UtcTicks);

    /// <summary>The value of a kind that <see cref="Text"/> wrote; null when the text is none.</summary>
    public static RunCell? Read(string text, RunColumnKind kind)
    {
        var invariant = CultureInfo.InvariantCulture;
        RunCell? none = null;
        return kind switch
        {
            RunColumnKind.Text => Of(text),
            RunColumnKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var whole) ? Of(whole) : none,
            RunColumnKind.Number => double.TryParse(text, NumberStyles.Float, invariant, out var number) ? Of(number) : none,
            RunColumnKind.Time => DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out var time) ? Of(time) : none,
            _ => text is "true" or "false" ? Of(text is "true") : none,
        };
    }

    /// <summary>The value that <see cref="Text"/> wrote, where nobody remembers its kind: a text that looks like a number is one.</summary>
    public static RunCell Guess(string text)
    {
        if (text is "true" or "false") return Of(text is "true");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && TextOf(number) == text
            ? Of(number)
            : Of(text);
    }

    private static string TextOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
