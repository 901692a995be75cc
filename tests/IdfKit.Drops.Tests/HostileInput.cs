using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace IdfKit.Drops.Tests;

/// <summary>Inputs that are made to cost the function memory or time, and what becomes of each.</summary>
internal static class HostileInput
{
    private const int Million = 1_000_000;

    /// <summary>Name of the object, and the reason of its record; null: it is run.</summary>
    public static readonly IReadOnlyDictionary<string, (string Key, string? Reason)> Kinds =
        new Dictionary<string, (string, string?)>(StringComparer.Ordinal)
        {
            ["nothing"] = ("inputs/m.idf", null),
            ["8 MB of a million objects"] = ("inputs/m.idf", null),
            ["23 MB of a million objects, whose path is written anew"] = ("inputs/m.idf", null),
            ["an object of a million fields"] = ("inputs/m.idf", null),
            ["a list of a million reports"] = ("inputs/m.idf", null),
            ["a line of 20,000 paths that are written anew"] = ("inputs/m.idf", null),
            ["more objects that name files than are taken"] = ("inputs/m.idf", "too_large"),
            ["a million output variables"] = ("inputs/m.idf", null),
            ["a name of 23 MB"] = ("inputs/m.idf", "not_a_model"),
            ["a name of 23 MB in many lines"] = ("inputs/m.idf", "not_a_model"),
            ["a text of 23 MB in epJSON"] = ("inputs/m.epJSON", "not_a_model"),
            ["a number of 23 MB in epJSON"] = ("inputs/m.epJSON", "not_a_model"),
            ["paths of 60,000 slashes"] = ("inputs/m.idf", "too_large"),
            ["23 MB of paths of 4,000 slashes"] = ("inputs/m.idf", "too_large"),
            ["a macro line of 23 MB"] = ("inputs/m.idf", "too_large"),
            ["1,000 names that are nearly 10,000 others"] = ("inputs/m.idf", "missing_file"),
            ["more files than are fetched"] = ("inputs/m.idf", "too_large"),
            ["more objects than are taken"] = ("inputs/m.idf", "not_a_model"),
            ["9 MB in Windows-1252"] = ("inputs/m.idf", null),
            ["23 MB in Windows-1252"] = ("inputs/m.idf", "not_a_model"),
            ["9 MB in Shift-JIS"] = ("inputs/m.idf", null),
            ["50 MB of IDF"] = ("inputs/m.idf", "too_large"),
            ["23 MB of small epJSON objects"] = ("inputs/m.epJSON", null),
            ["23 MB of small epJSON members"] = ("inputs/m.epJSON", "not_a_model"),
            ["23 MB of comments in epJSON"] = ("inputs/m.epJSON", null),
            ["50 MB of small epJSON members"] = ("inputs/m.epJSON", "too_large"),
            ["epJSON that is nested two million deep"] = ("inputs/m.epJSON", "not_a_model"),
            ["a zip of 1,003 entries"] = ("inputs/m.zip", "bad_bundle"),
            ["a zip of 1,000 entries with long comments"] = ("inputs/m.zip", "bad_bundle"),
            ["a zip of 400,000 entries"] = ("inputs/m.zip", "bad_bundle"),
            ["a zip of a gigabyte of zeros"] = ("inputs/m.zip", "too_large"),
            ["a zip of a model of 60 MB"] = ("inputs/m.zip", "too_large"),
        };

    public static void Write(string kind, Stream to)
    {
        using var text = new StreamWriter(to, Encoding.Latin1, leaveOpen: true);
        switch (kind)
        {
            case "nothing": text.Write("Version,25.2;\n"); break;
            case "8 MB of a million objects": Repeat(text, "Z,a01;\n\n", Million); break;
            case "23 MB of a million objects, whose path is written anew":
                text.Write("Schedule:File,S,,C:\\x\\use.csv,1,0;\n");
                Repeat(text, "Zone,A zone with a name;\n", Million - 50_000);
                break;
            case "an object of a million fields": Listed(text, "People", ",1234567", Million); break;
            case "a list of a million reports": Listed(text, "Output:Table:SummaryReports", ",A report with a name", Million); break;
            case "a line of 20,000 paths that are written anew": Repeat(text, "Schedule:File,S,,C:\\x\\use.csv,1,0; ", 20_000); break;
            case "more objects that name files than are taken": Repeat(text, "Schedule:File,S,Any,/a/b/cde.csv,1,0;\n\n", 200_000); break;
            case "a million output variables": Number(text, "Output:Variable,K{0:x},V;\n", 23 * Million / 25); break;
            case "a name of 23 MB": text.Write("Zone," + new string('n', 23 * Million) + ";\n"); break;
            case "a name of 23 MB in many lines":
                text.Write("Zone,");
                Repeat(text, "name ! with a comment\n", Million);
                text.Write(";\n");
                break;
            case "a text of 23 MB in epJSON": text.Write("{\"Zone\":{\"A\":{\"x\":\"" + new string('n', 23 * Million) + "\"}}}"); break;
            case "a number of 23 MB in epJSON": text.Write("{\"Zone\":{\"A\":{\"x\":" + new string('1', 23 * Million) + "}}}"); break;
            case "paths of 60,000 slashes": Repeat(text, "Schedule:File,S,," + new string('/', 60_000) + ",1,0;\n", 380); break;
            case "23 MB of paths of 4,000 slashes":
                Number(text, "Schedule:File,S,," + new string('/', 4_000) + "{0},1,0;\n", 23 * Million / 4_025);
                break;
            case "a macro line of 23 MB": text.Write("##include " + new string('/', 23 * Million) + "\nVersion,25.2;\n"); break;
            case "1,000 names that are nearly 10,000 others":
                Number(text, "Schedule:File,S,," + new string('n', 90) + "{0:d4}.csw,1,0;\n", 1_000);
                break;
            case "more files than are fetched": Number(text, "Schedule:File,S,Any,{0}.csv,1,0;\n", 1_001); break;
            case "more objects than are taken": Repeat(text, "Z;\n", 2 * Million); break;
            case "9 MB in Windows-1252": Repeat(text, "Z," + new string('\u0080', 7) + ";", 9 * Million / 10); break;
            case "23 MB in Windows-1252": Repeat(text, "Zone,\u00e4;\n", 23 * Million / 8); break;
            case "9 MB in Shift-JIS": Repeat(text, "Zone,\u00b6\u00b7\u008a\u00bf\u008e\u009a;\n", 9 * Million / 13); break;
            case "50 MB of IDF": Repeat(text, "Zone,A zone with a long comment; ! " + new string('c', 464) + "\n", 100_000); break;
            case "23 MB of small epJSON objects": Members(text, "{\"Zone\":{", "\"{0:x}\":{{\"x\":12345}}", Million, "}}"); break;
            case "23 MB of small epJSON members": Members(text, "{\"Zone\":{\"A\":{", "\"{0:x7}\":1", 23 * Million / 12, "}}}"); break;
            case "23 MB of comments in epJSON":
                text.Write("{\"Zone\":{\"A\":{}}}\n");
                Repeat(text, "// a comment\n", 23 * Million / 13);
                break;
            case "50 MB of small epJSON members": Members(text, "{\"Zone\":{\"A\":{", "\"{0:x7}\":1", 50 * Million / 12, "}}}"); break;
            case "epJSON that is nested two million deep": Repeat(text, "{\"a\":", 2 * Million); break;
            default: WriteZip(kind, to); break;
        }
    }

    /// <summary>Files that lie beside the object.</summary>
    public static IEnumerable<string> NamesBeside(string kind) => kind == "1,000 names that are nearly 10,000 others"
        ? Enumerable.Range(0, 10_000).Select(number => new string('m', 90) + number.ToString("d4", CultureInfo.InvariantCulture) + ".csv")
        : [];

    private static void WriteZip(string kind, Stream to)
    {
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        var (entries, comment) = kind switch
        {
            "a zip of 1,003 entries" => (1_003, ""),
            "a zip of 1,000 entries with long comments" => (1_000, new string('c', ushort.MaxValue)),
            "a zip of 400,000 entries" => (400_000, ""),
            _ => (0, ""),
        };
        for (var number = 0; number < entries; number++)
            zip.CreateEntry(number.ToString(CultureInfo.InvariantCulture), CompressionLevel.NoCompression).Comment = comment;
        if (entries > 0) return;
        using var content = zip.CreateEntry("m.idf", CompressionLevel.Fastest).Open();
        if (kind == "a zip of a gigabyte of zeros")
        {
            var zeros = new byte[1 << 20];
            for (var block = 0; block < 1_000; block++) content.Write(zeros);
            return;
        }
        using var text = new StreamWriter(content, Encoding.Latin1);
        Number(text, "Zone,A zone of number {0};\n", 2_000_000);
    }

    private static void Repeat(StreamWriter text, string pattern, int times)
    {
        for (var time = 0; time < times; time++) text.Write(pattern);
    }

    private static void Listed(StreamWriter text, string className, string field, int times)
    {
        text.Write(className);
        Repeat(text, field, times);
        text.Write(";\n");
    }

    private static void Number(StreamWriter text, string form, int times)
    {
        for (var number = 0; number < times; number++) text.Write(form, number);
    }

    private static void Members(StreamWriter text, string start, string form, int times, string end)
    {
        text.Write(start);
        var parsed = CompositeFormat.Parse(form);
        for (var number = 0; number < times; number++)
        {
            if (number > 0) text.Write(',');
            text.Write(string.Format(CultureInfo.InvariantCulture, parsed, number));
        }
        text.Write(end);
    }
}
