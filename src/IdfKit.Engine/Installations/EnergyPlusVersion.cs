using System.Globalization;

namespace IdfKit.Engine;

/// <summary>A version of EnergyPlus.</summary>
public readonly record struct EnergyPlusVersion(int Major, int Minor, int Patch = 0)
{
    /// <summary>Reads "25.2" or "25.2.0".</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static EnergyPlusVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"\"{text}\" is not an EnergyPlus version such as 25.2.");

    /// <summary>Reads "25.2" or "25.2.0".</summary>
    public static bool TryParse(string? text, out EnergyPlusVersion version)
    {
        version = default;
        var parts = (text ?? "").Trim().Split('.');
        if (parts.Length is < 2 or > 3) return false;
        Span<int> numbers = stackalloc int[3];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }
}
