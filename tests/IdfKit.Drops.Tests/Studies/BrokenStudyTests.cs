using System.Text;

using IdfKit.Storage;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>What people drop as a study: each ends as study.json with a status and a sentence, and nothing half-planned.</summary>
public sealed class BrokenStudyTests
{
    private const string Model = """
        Version,25.2;
        Building,House,0,City,0.04,0.4,FullExterior,25,6;
        Material,Wall,MediumRough,0.1,0.5,800,900,0.9,0.7,0.7;
        Material,Roof,MediumRough,0.1,0.5,800,900,0.9,0.7,0.7;
        ScheduleTypeLimits,Any;
        ! @@tag@@

        """;

    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: true);

    /// <summary>Name, file, and a part of the sentence; null: it is a study.</summary>
    private static readonly (string Kind, byte[] File, string? Sentence)[] Csvs =
    [
        ("plain", Text("name,@@tag@@\na,1\n"), null),
        ("mark", [0xEF, 0xBB, 0xBF, .. Text("name,@@tag@@\na,1\n")], null),
        ("UTF-16", [.. Utf16.GetPreamble(), .. Utf16.GetBytes("name,@@tag@@\na,1\n")], null),
        ("Windows-1252", [.. Text("name,@@tag@@\nb"), 0xFC, .. Text("ro,1\n")], null),
        ("semicolons and decimal commas", Text("name;@@tag@@;Building//North Axis\na;1;0,5\n"), null),
        ("tabs", Text("name\t@@tag@@\na\t1\n"), null),
        ("trailing commas", Text("name,@@tag@@,,\na,1,,\n,,,\n"), null),
        ("empty lines", Text("name,@@tag@@\n\na,1\n\n\n"), null),
        ("no name", Text("@@tag@@\n1\n2\n"), null),
        ("quotes", Text("name,@@tag@@\na,\"1, and\"\n"), null),
        ("carriage returns", Text("name,@@tag@@\r\na,1\r\n"), null),
        ("empty", [], "is empty"),
        ("only a mark", [0xEF, 0xBB, 0xBF], "is empty"),
        ("blanks", Text("   \n \n"), ""),
        ("headings only", Text("name,@@tag@@\n"), "no rows"),
        ("zeros", new byte[200], ""),
        ("noise", [.. Enumerable.Range(0, 400).Select(at => (byte)(at * 151))], ""),
        ("a workbook", [0x50, 0x4B, 3, 4, .. new byte[100]], "Excel workbook"),
        ("a model", Text(Model), ""),
        ("JSON", Text("{\"parameters\": {}}"), ""),
        ("HTML", Text("<!DOCTYPE html>\n<html><body>404</body></html>\n"), ""),
        ("one word", Text("hello"), ""),
        ("an open quote", Text("name,@@tag@@\na,\"1\n"), "quote"),
        ("text behind a quote", Text("name,@@tag@@\na,\"1\"2\n"), "quote"),
        ("short row", Text("name,@@tag@@,label\na,1\n"), "2 values under 3 headings"),
        ("long row", Text("name,@@tag@@\na,1,2\n"), "stands under none"),
        ("heading twice", Text("name,@@tag@@,@@tag@@\na,1,2\n"), "stands twice"),
        ("heading twice in other capitals", Text("name,@@tag@@,Building//North Axis,building//north axis\na,1,2,3\n"), "mean the same"),
        ("no heading", Text("name,,@@tag@@\na,x,1\n"), "no heading"),
        ("no class", Text("name,@@tag@@,Materiel/Wall/Thickness\na,1,2\n"), "no class"),
        ("no object", Text("name,@@tag@@,Material/Wahl/Thickness\na,1,2\n"), "'Wall' may be meant"),
        ("no field", Text("name,@@tag@@,Material/Wall/Thicknes\na,1,2\n"), "no field"),
        ("several objects", Text("name,@@tag@@,Material//Thickness\na,1,2\n"), "2 objects"),
        ("two columns for one field", Text("name,@@tag@@,Material/Wall/Thickness,Material/*/Thickness\na,1,2,3\n"), "sets this field"),
        ("no heading of any kind", Text("name,@@tag@@,thickness\na,1,2\n"), "no address"),
        ("no tag", Text("name,@@tag@@,@@other@@\na,1,2\n"), "stands nowhere"),
        ("no column for the tag in a comment", Text("name,label\na,x\n"), null),
        ("an empty tag", Text("name,@@tag@@,label\na,,x\n"), "must have a value"),
        ("text for a number", Text("name,@@tag@@,Building//North Axis\na,1,north\n"), "no number"),
        ("out of range", Text("name,@@tag@@,Material/Wall/Thickness\na,1,-1\n"), "out of range"),
        ("none of the choices", Text("name,@@tag@@,Building//Terrain\na,1,Citty\n"), "'City' may be meant"),
        ("neither yes nor no", Text("name,@@tag@@,annual\na,1,maybe\n"), "neither true nor false"),
        ("no time limit", Text("name,@@tag@@,timeout_seconds\na,1,-3\n"), "no time limit"),
        ("both periods", Text("name,@@tag@@,annual,design_day\na,1,yes,yes\n"), "at once"),
        ("names twice", Text("name,@@tag@@\na,1\nA,2\n"), "the name of row 2"),
        ("rows twice", Text("@@tag@@\n1\n1\n"), "same values"),
        ("a slash in a name", Text("name,@@tag@@\na/b,1\n"), "name of a folder"),
        ("a climbing name", Text("name,@@tag@@\n../x,1\n"), "name of a folder"),
        ("dots for a name", Text("name,@@tag@@\n..,1\n"), "name of a folder"),
        ("a long name", Text($"name,@@tag@@\n{new string('x', 300)},1\n"), "longer than"),
        ("control characters", Text("name,@@tag@@,label\na,1,x\u0001y\n"), "control characters"),
        ("a semicolon in a value", Text("name,@@tag@@,Building//Name\na,1,x;y\n"), "ends a value"),
        ("no model of that name", Text("name,model,@@tag@@\na,other.idf,1\n"), "no model 'other.idf'"),
        ("a model elsewhere", Text("name,model,@@tag@@\na,../../secret.idf,1\n"), "no model"),
        ("no weather of that name", Text("name,weather,@@tag@@\na,moon.epw,1\n"), "no weather file 'moon.epw'"),
        ("weather elsewhere", Text("name,weather,@@tag@@\na,../../outputs/x.epw,1\n"), "no weather file"),
        ("weather that is a URL", Text("name,weather,@@tag@@\na,s3://other/x.epw,1\n"), "no weather file"),
        ("a tag that S3 does not take", Text("name,@@tag@@,tags.case\na,1,x!\n"), "tags that S3 does not take"),
        ("501 columns", Text(string.Join(',', Enumerable.Range(0, 501).Select(at => $"tags.x{at}")) + "\n"), "501 columns"),
        ("100,001 rows", Text("@@tag@@\n" + string.Concat(Enumerable.Range(0, 100_001).Select(at => $"{at}\n"))), "more than 100000 rows"),
        ("more than 50 MB", new byte[50_000_001], "more than 50 MB"),
    ];

    private static readonly (string Kind, byte[] File, string? Sentence)[] Jsons =
    [
        ("plain", Text("{\"parameters\": {\"@@tag@@\": [1, 2]}}"), null),
        ("no JSON", Text("{\"parameters\": "), "no JSON"),
        ("a list", Text("[]"), "must hold an object"),
        ("another member", Text("{\"parameter\": {\"@@tag@@\": [1]}}"), "'parameters' may be meant"),
        ("no values", Text("{\"parameters\": {\"@@tag@@\": []}}"), "no values"),
        ("an object for a value", Text("{\"parameters\": {\"@@tag@@\": [{}]}}"), "no text, number"),
        ("a sample without rows", Text("{\"parameters\": {\"@@tag@@\": [1, 2]}, \"combine\": \"sample\"}"), "of how many rows"),
        ("half a character", Text("{\"parameters\": {\"@@tag@@\": [\"\\ud800\"]}}"), "no whole character"),
        ("a grid of millions", Text(
            "{\"parameters\": {\"@@tag@@\": [" + string.Join(',', Enumerable.Range(0, 2_000)) + "], \"label\": ["
            + string.Join(',', Enumerable.Range(0, 2_000)) + "]}}"), "rows"),
    ];

    [Fact]
    public async Task Every_kind_of_file_ends_as_a_record_with_a_sentence()
    {
        await using var bed = await BedAsync();
        List<string> wrong = [];
        foreach (var (kind, file, sentence) in Csvs)
            wrong.AddRange(await FaultsAsync(bed, "csv: " + kind, StudyBed.Csv, file, sentence));
        foreach (var (kind, file, sentence) in Jsons)
            wrong.AddRange(await FaultsAsync(bed, "json: " + kind, "inputs/p/office.study.json", file, sentence));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(Csvs.Length + Jsons.Length > 60);
    }

    [Fact]
    public async Task Every_kind_of_base_ends_as_a_record_with_a_sentence()
    {
        (string Kind, (string Key, string Content)[] Bases, StudyStatus Status)[] kinds =
        [
            ("none", [], StudyStatus.Waiting),
            ("two", [("inputs/p/office.idf", Model), ("inputs/p/office.epJSON", "{}")], StudyStatus.Refused),
            ("no model", [("inputs/p/office.idf", "<html>@@tag@@</html>")], StudyStatus.Refused),
            ("empty", [("inputs/p/office.idf", "")], StudyStatus.Refused),
            ("of another version", [("inputs/p/office.idf", Model.Replace("25.2", "8.9", StringComparison.Ordinal))], StudyStatus.Refused),
            ("parametric", [("inputs/p/office.idf", Model + "Parametric:SetValueForRun,$x,1;\n")], StudyStatus.Refused),
            ("a bad job file", [("inputs/p/office.idf", Model), ("inputs/p/office.job.json", "{")], StudyStatus.Refused),
        ];
        foreach (var (kind, bases, status) in kinds)
        {
            await using var bed = await BedAsync(withBase: false);
            foreach (var (key, content) in bases) await bed.PutAsync(key, content);
            await bed.PlanAsync(await bed.PutAsync(StudyBed.Csv, "name,@@tag@@\na,1\n"));
            var record = await bed.RecordAsync();
            Assert.True(record.Status == status, $"{kind}: {record.Status}: {record.Message}");
            Assert.True(IsSentence(record.Message), $"{kind}: {record.Message}");
        }
    }

    private static async Task<StudyBed> BedAsync(bool withBase = true)
    {
        var bed = new StudyBed();
        const string Schema = "Energy+.schema.epJSON";
        var installation = bed.Pipeline.EnergyPlus.Installation.Directory;
        File.CreateSymbolicLink(Path.Combine(installation, Schema), Path.Combine(RealParts.EnergyPlus(), Schema));
        if (withBase) await bed.PutAsync("inputs/p/office.idf", Model);
        return bed;
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(StudyBed bed, string kind, string key, byte[] file, string? sentence)
    {
        List<string> wrong = [];
        void Check(bool holds, string what)
        {
            if (!holds) wrong.Add($"{kind}: {what}");
        }
        await bed.Files.WriteBytesAsync(key, file);
        bed.Pipeline.Seen.Clear();
        var answer = await bed.PlanAsync(null, "execution of " + kind, key);
        var record = await bed.RecordAsync();
        var status = (string)answer["status"]!;
        var waits = sentence is "no model 'other.idf'" or "no model"
            || sentence?.StartsWith("no weather", StringComparison.Ordinal) == true;
        var expected = sentence is null ? "planned" : waits ? "waiting" : "refused";
        Check(status == expected, $"{status} instead of {expected}: {answer["message"]}");
        Check(string.Equals(status, record.Status.ToString(), StringComparison.OrdinalIgnoreCase), $"the record says {record.Status}");
        foreach (var told in record.Faults.Prepend(record.Message)) Check(IsSentence(told), $"no sentence: {told}");
        Check(sentence is null || record.Message!.Contains(sentence, StringComparison.Ordinal), $"another sentence: {record.Message}");
        Check(answer.ToJsonString().Length < 8_000, "the answer is too long");
        if (sentence is null) return wrong;
        foreach (var write in bed.Pipeline.Seen.Writes)
            Check(write.EndsWith("/study.json", StringComparison.Ordinal) || write.Contains("/.waiting/", StringComparison.Ordinal), write);
        return wrong;
    }

    private static bool IsSentence(string? text) =>
        text is { Length: > 10 and <= 300 } && text.EndsWith('.') && !text.Any(char.IsControl);

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
