using System.Text;

using TestBed;

namespace IdfKit.Studies.Tests.Reading;

/// <summary>Whatever a study's file holds, it is a study or is refused in sentences.</summary>
public sealed class HostileStudyTests : IDisposable
{
    private const string Csv = "name,weather,Material/Insulation/Thickness,Building//North Axis,label,tags.x\n"
        + "a,office.epw,0.1,90,\"l, 1\",t\nb,,,,,\n";

    private const string Json =
        """
        {"parameters": {"Material/Insulation/Thickness": [0.1, 0.2], "label": ["a", null]}, "combine": "sample", "rows": 3, "seed": 4}
        """;

    private readonly StudyBed _bed = new StudyBed().WithOneZone();

    public void Dispose() => _bed.Dispose();

    [Theory]
    [InlineData("office.study.csv", Csv), InlineData("office.study.json", Json)]
    public void Changed_bytes_are_a_study_or_refused(string name, string text)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < Needs.Rounds(2_000, 200); round++)
        {
            var bytes = Encoding.UTF8.GetBytes(text).ToList();
            for (var change = random.Next(1, 6); change > 0; change--) Change(bytes, random);
            AssertReads(name, [.. bytes], $"seed {seed}, round {round}");
        }
    }

    [Theory]
    [InlineData("name,weather\na,{0}\n"), InlineData("name,model\na,{0}\n")]
    [InlineData("name,label\n{0},x\n"), InlineData("name,{0}\na,1\n")]
    [InlineData("name,Material/{0}/Thickness\na,1\n"), InlineData("name,Material/Insulation/Roughness\na,{0}\n")]
    public void Odd_names_are_refused(string csv)
    {
        string[] odd =
        [
            new('x', 300), new('ü', 5_000), "a\0b", "\u202Egnp", "..", "../../../../../../../../etc/passwd", "/",
            "\\\\server\\x", "C:\\x", "a\u0001", "%2e%2e",
            "\uFFFF", "CON", "a/b/c/d", "*", "@@", "@@@@", "$x", "=1+1", "'", "\"\"", "\u2028",
        ];
        foreach (var one in odd)
            AssertReads("office.study.csv", Encoding.UTF8.GetBytes(csv.Replace("{0}", one, StringComparison.Ordinal)), one);
    }

    [Theory]
    [InlineData("""{"parameters": {"label": ["\ud800"]}}""")]
    [InlineData("""{"parameters": {"\ud800": ["a"]}}""")]
    [InlineData("""{"parameters": {"label": 1e999}, "combine": "sample", "rows": 99999999999}""")]
    [InlineData("""{"parameters": 1, "weather": {}, "combine": 2, "rows": -1, "seed": "x"}""")]
    [InlineData("null")]
    public void Odd_json_is_refused(string json) => AssertReads("office.study.json", Encoding.UTF8.GetBytes(json), json);

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.Insert(at, (byte)",;\t\"\n\r/\\@*{}[]:0-"[random.Next(17)]);
                break;
            case 2 when bytes.Count > 1:
                bytes.RemoveAt(at);
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(1, 40))));
                break;
        }
    }

    private void AssertReads(string name, byte[] bytes, string what)
    {
        try
        {
            var study = _bed.With(name, bytes).Read(name);
            Assert.All(study.Variants(), variant => Assert.NotEmpty(variant.MakeModel()));
        }
        catch (StudyException refused)
        {
            Assert.NotEmpty(refused.Faults);
            Assert.All(refused.Faults, fault => Assert.Matches(@"^[^\p{Cc}\u2028\u2029]{1,299}[^.]\.$", fault.Message));
        }
        catch (Exception e)
        {
            Assert.Fail($"{what}: {e}");
        }
    }
}
