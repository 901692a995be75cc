using System.Diagnostics;
using System.Globalization;
using System.Text;

using IdfKit.Engine;

namespace Results;

/// <summary>
/// What a model of 8 MB costs a process, whatever is in it: <c>results model-sizes</c> reads each kind in a process of its own and
/// prints its time and its peak resident set, less those of the process without a model.
/// </summary>
internal static class ModelSizes
{
    private const int Size = 8_000_000;

    private static readonly (string Kind, string Shown)[] Kinds =
    [
        ("nothing", "a model of one object"),
        ("objects", "a million objects, a line each"),
        ("one-line", "a million objects in one line"),
        ("fields", "an object of a million fields"),
        ("lines", "eight million line ends"),
        ("commas", "nothing but commas (refused)"),
        ("semicolons", "nothing but semicolons (refused)"),
        ("classes", "a million different classes (refused)"),
        ("files", "200,000 objects that name a file by an absolute path"),
        ("json", "epJSON of 700,000 objects"),
        ("deep", "JSON a million deep (refused)"),
        ("latin", "a million names in Windows-1252"),
    ];

    public static string Report(string folder)
    {
        Directory.CreateDirectory(folder);
        var report = new StringBuilder("A process of its own reads a file of 8 MB and asks for its needs, weather, risks and files.\n\n");
        report.Append("| 8 MB of | time, ms | peak resident set, MB |\n|---|---|---|\n");
        foreach (var (kind, shown) in Kinds)
        {
            var path = Path.Combine(folder, kind + ".idf");
            File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Make(kind)));
            var words = Programs.Run(Environment.ProcessPath!, ["model-size", path], out _).Trim().Split(' ');
            report.Append(CultureInfo.InvariantCulture, $"| {shown} | {words[0]} | {words[1]} |\n");
            File.Delete(path);
        }
        return report.ToString();
    }

    /// <summary>Reads one model in this process, as a run does, and prints milliseconds and megabytes.</summary>
    public static void Measure(string path)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            var model = Model.Read(file);
            _ = (model.Version, model.Needs, model.NeedsWeather, model.Risks.Count, model.ReferencedFiles.Count, model.Has(
                "Output:SQLite"));
        }
        catch (ModelSyntaxException e)
        {
            Console.Error.WriteLine(e.Message);
        }
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kilobytes = double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} {kilobytes / 1000:0}"));
    }

    private static string Make(string kind) => kind switch
    {
        "nothing" => "Version,25.2;\n",
        "objects" => Repeated("Z,a01;\n\n"),
        "one-line" => Repeated("Zone,A1;"),
        "fields" => "Zone" + Repeated(",1234567") + ";",
        "lines" => "Zone,A;" + Repeated("\n"),
        "commas" => "Zone" + Repeated(","),
        "semicolons" => Repeated(";"),
        "classes" => Numbered("", "Z", ";\n", ""),
        "files" => Repeated("Schedule:File,S,Any,/a/b/cde.csv,1,0;\n\n"),
        "json" => Numbered("{\"Zone\":{", "\"", "\":{},", "\"last\":{}}}"),
        "deep" => "{\"Zone\":{\"A\":" + Repeated("{\"a\":"),
        "latin" => Repeated("Z,\u00e401;\n\n"),
        _ => throw new ArgumentException(kind),
    };

    private static string Repeated(string pattern) => string.Concat(Enumerable.Repeat(pattern, Size / pattern.Length));

    private static string Numbered(string start, string before, string behind, string end)
    {
        var text = new StringBuilder(start);
        for (var number = 0; text.Length < Size; number++)
            text.Append(before).Append(CultureInfo.InvariantCulture, $"{number}").Append(behind);
        return text.Append(end).ToString();
    }
}
