using System.Globalization;

namespace IdfKit.Engine.Results.Eso;

/// <summary>
/// What begins an environment: <c>1,CHICAGO ANN HTG 99.6% CONDNS DB,  41.98, -87.92,  -6.00, 201.00</c>. The title may have commas of its
/// own.
/// </summary>
/// <param name="Text">The title.</param>
/// <param name="Site">Where it is simulated; null when the line does not say.</param>
internal sealed record EsoTitle(string Text, ResultSite? Site)
{
    private const int NumbersOfSite = 4;

    /// <summary>Takes the line apart, without its line end.</summary>
    public static EsoTitle Parse(ReadOnlySpan<byte> line)
    {
        var title = line[2..];
        var numbers = new double[NumbersOfSite];
        var isWhole = true;
        for (var i = NumbersOfSite - 1; i >= 0; i--)
        {
            var comma = title.LastIndexOf((byte)',');
            isWhole &= comma >= 0 && double.TryParse(
                title[(comma + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]);
            if (comma >= 0) title = title[..comma];
        }
        return new(ResultBytes.Decode(title).Trim(), isWhole ? new(numbers[0], numbers[1], numbers[2], numbers[3]) : null);
    }
}
