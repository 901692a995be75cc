using System.Diagnostics;
using System.Globalization;
using csFastFloat;
using IdfKit.Engine.Results.Eso;

namespace Results;

/// <summary>
/// The numbers of an <c>.eso</c>, one after the other in one thread, by the engine's own parser, by the package
/// csFastFloat and by .NET: <c>results numbers FILE ROUNDS</c> prints nanoseconds per number, the best of the rounds.
/// </summary>
internal static unsafe class Numbers
{
    private delegate bool Parse(byte* from, byte* to, out double value);

    public static void Run(string path, int rounds)
    {
        // A number may be read in blocks of eight bytes, so that as many follow the last.
        byte[] content = [.. File.ReadAllBytes(path), .. new byte[64]];
        var places = Places(content);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{places.Count:#,0} numbers"));
        (string Name, Parse Parse)[] parsers = [("own", Own), ("csFastFloat", Package), ("double.TryParse", Platform)];
        var best = parsers.ToDictionary(parser => parser.Name, _ => double.MaxValue);
        for (var round = 0; round < rounds; round++)
            foreach (var (name, parse) in parsers) best[name] = Math.Min(best[name], NanosecondsOf(content, places, parse));
        foreach (var (name, nanoseconds) in best)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} {nanoseconds:0.0} ns"));
    }

    /// <summary>Where the values of the result lines begin and end: "72,21.5".</summary>
    private static List<(int From, int To)> Places(byte[] content)
    {
        var places = new List<(int, int)>();
        for (int at = 0, end; (end = Array.IndexOf(content, (byte)'\n', at)) >= 0; at = end + 1)
        {
            var comma = Array.IndexOf(content, (byte)',', at, end - at);
            if (comma < 0 || Array.IndexOf(content, (byte)',', comma + 1, end - comma - 1) >= 0) continue;
            if (double.TryParse(content.AsSpan(comma + 1, end - comma - 1), CultureInfo.InvariantCulture, out _))
                places.Add((comma + 1, end));
        }
        return places;
    }

    private static double NanosecondsOf(byte[] content, List<(int From, int To)> places, Parse parse)
    {
        var watch = Stopwatch.StartNew();
        fixed (byte* start = content)
        {
            foreach (var (from, to) in places)
                if (!parse(start + from, start + to, out _)) throw new InvalidDataException($"No number at {from}.");
        }
        return watch.Elapsed.TotalNanoseconds / places.Count;
    }

    private static bool Own(byte* from, byte* to, out double value) => DecimalNumber.TryRead(ref from, out value);

    private static bool Package(byte* from, byte* to, out double value) => FastDoubleParser.TryParseDouble(Text(from, to), out value);

    private static bool Platform(byte* from, byte* to, out double value) =>
        double.TryParse(Text(from, to), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static ReadOnlySpan<byte> Text(byte* from, byte* to) => new(from, (int)(to - from));
}
