using System.Globalization;

namespace Measuring;

/// <summary>What a benchmark was told: <c>--rounds 15 --write docs/benchmarks.md</c>.</summary>
public sealed class Arguments(IReadOnlyList<string> given)
{
    /// <summary>What follows the name; null when it is not there.</summary>
    public string? Text(string name) => given.SkipWhile(argument => argument != name).Skip(1).FirstOrDefault();

    /// <summary>The number that follows the name.</summary>
    /// <exception cref="ArgumentException">What follows is no number.</exception>
    public int Number(string name, int standard)
    {
        if (Text(name) is not { } text) return standard;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"{name} needs a number; '{text}' is none.");
    }

    /// <summary>Keeps the report as a section of the page that <c>--write</c> names, if it names one.</summary>
    public void Write(string section, string command, string report)
    {
        if (Text("--write") is { } page) BenchmarkPage.Write(page, section, command, report);
    }
}
