using System.Globalization;
using System.Text.RegularExpressions;

using IdfKit.Engine;

namespace IdfKit.Simulation.Results;

/// <summary>The one line of an <c>.end</c> file: how a run ended and how long it took.</summary>
internal static partial class EndText
{
    /// <summary>A run without such a line did not come to its end.</summary>
    public static RunOutcome OutcomeOf(string text) =>
        text.Contains("Completed Successfully", StringComparison.Ordinal) ? RunOutcome.Completed
        : string.IsNullOrWhiteSpace(text) ? RunOutcome.Crashed
        : RunOutcome.Failed;

    /// <summary>"Elapsed Time=00hr 00min  0.43sec"; zero when it does not say.</summary>
    public static TimeSpan ElapsedOf(string text)
    {
        var match = Elapsed().Match(text);
        return !match.Success ? TimeSpan.Zero
            : TimeSpan.FromHours(Number(match, 1)) + TimeSpan.FromMinutes(Number(match, 2)) + TimeSpan.FromSeconds(Number(match, 3));
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Elapsed Time=\s*(\d+)hr\s*(\d+)min\s*(\d+(?:\.\d+)?)sec", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Elapsed();
}
