using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Engine;

/// <summary>A version of EnergyPlus, ordered as versions are.</summary>
public readonly partial record struct EnergyPlusVersion(int Major, int Minor, int Patch = 0) : IComparable<EnergyPlusVersion>
{
    /// <summary>Reads "25.2", "25.2.0", "25-2-0" or "25.2.0-cf7368216c".</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static EnergyPlusVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"\"{text}\" is not an EnergyPlus version such as 25.2.");

    /// <summary>
    /// Reads "25.2", "25.2.0", "25-2-0" or "25.2.0-cf7368216c"; what follows the third number is the build and is left
    /// out.
    /// </summary>
    public static bool TryParse(string? text, out EnergyPlusVersion version)
    {
        version = default;
        var match = Form().Match(text ?? "");
        if (!match.Success) return false;
        Span<int> numbers = stackalloc int[3];
        for (var i = 0; i < numbers.Length; i++)
        {
            var part = match.Groups[i + 1];
            if (part.Success && !int.TryParse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }
        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <summary>Whether both are the same release: the third number, which is of corrections, does not matter.</summary>
    internal bool IsSameRelease(EnergyPlusVersion other) => (Major, Minor) == (other.Major, other.Minor);

    /// <inheritdoc/>
    public int CompareTo(EnergyPlusVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>Whether <paramref name="left"/> is older.</summary>
    public static bool operator <(EnergyPlusVersion left, EnergyPlusVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is newer.</summary>
    public static bool operator >(EnergyPlusVersion left, EnergyPlusVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is older or the same.</summary>
    public static bool operator <=(EnergyPlusVersion left, EnergyPlusVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is newer or the same.</summary>
    public static bool operator >=(EnergyPlusVersion left, EnergyPlusVersion right) => left.CompareTo(right) >= 0;

    /// <summary>"25.2.0".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}");

    [GeneratedRegex(@"^\s*(\d+)[.-](\d+)(?:[.-](\d+)(?:-[0-9a-zA-Z]+)?)?\s*$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
