using System.Globalization;

namespace Measuring;

/// <summary>What was measured of one thing, in milliseconds.</summary>
public sealed class Figures
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan elapsed) => _milliseconds.Add(elapsed.TotalMilliseconds);

    public int Count => _milliseconds.Count;

    public double Median
    {
        get
        {
            var ordered = _milliseconds.Order().ToList();
            return ordered.Count == 0 ? double.NaN : (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
        }
    }

    public double Least => _milliseconds.Count == 0 ? double.NaN : _milliseconds.Min();

    public static string Text(double value) => double.IsNaN(value) ? "–" : value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ratio(double value, double of) =>
        double.IsNaN(value) || double.IsNaN(of) ? "–" : (value / of).ToString("0.00", CultureInfo.InvariantCulture) + " ×";
}
