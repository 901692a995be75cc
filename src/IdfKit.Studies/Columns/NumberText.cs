using System.Globalization;
using System.Text.RegularExpressions;

namespace IdfKit.Studies.Columns;

/// <summary>Numbers as people write them into tables.</summary>
internal static partial class NumberText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number; null when it is none, or too large for one.</summary>
    public static double? Read(string text) =>
        double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A number with a decimal comma gets a point; everything else stays.</summary>
    public static string WithPoint(string text) => DecimalComma().IsMatch(text) ? text.Replace(',', '.') : text;

    /// <summary>A number as JSON writes it, with its digits as they are: no sign or point stands alone.</summary>
    public static string Json(string text)
    {
        var match = Parts().Match(text);
        if (!match.Success) return Read(text)!.Value.ToString("R", CultureInfo.InvariantCulture);
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var decimals = match.Groups["decimals"].Value;
        return (match.Groups["minus"].Success ? "-" : "")
            + (whole.Length == 0 ? "0" : whole)
            + (decimals.Length == 0 ? "" : "." + decimals)
            + match.Groups["exponent"].Value;
    }

    [GeneratedRegex(@"^[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(
        @"^(\+|(?<minus>-))?(?<whole>[0-9]*)(\.(?<decimals>[0-9]*))?(?<exponent>[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
