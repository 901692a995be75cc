using IdfKit.Cli.Tests.Verbs;
using IdfKit.Runs;

using TestBed;

namespace IdfKit.Cli.Tests.Collect;

/// <summary>Which folders are runs is the same wherever they lie, whether or not a server lists EnergyPlus's files as one.</summary>
public sealed class FoundRunTests(RgwServer rgw, MotoServer moto)
{
    public static TheoryData<string> Places => VerbPlace.All;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Run_is_found_by_its_record_and_without_one_by_what_EnergyPlus_leaves_of_every_run(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        await PutAsync(
            place, "a/eplusout.err", "a/eplusout.sql", "a/run.json", "a/summary.json", "b/eplusout.err", "c/eplusout.csv",
            "d/eplusout.v2/run.json", "e/eplusout.end", "e/parts/eplusout.err", "e/parts/%%eplusout.epJSON/run.json", "e/run.json",
            "eplusout.v3/eplusout.end", "eplusout.v3/run.json", "f/office.end", "g/h/eplusout.eso", "g/h/i/run.json");
        string[] expected =
        [
            "a bad_record", "b no_record", "d/eplusout.v2 bad_record", "e bad_record", "e/parts/%%eplusout.epJSON bad_record",
            "eplusout.v3 bad_record", "f no_record", "g/h no_record",
            "g/h/i bad_record",
        ];
        Assert.Equal(expected, await RowsAsync(place));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Many_results_without_records_are_found_too(string kind)
    {
        await using var place = await VerbPlace.OpenAsync(kind, rgw, moto);
        var numbers = Enumerable.Range(10, 30).ToList();
        await PutAsync(place, [.. numbers.Select(number => $"r{number}/eplusout.end"), "r20/run.json", "r30/eplusout.x/run.json"]);
        var expected = numbers.Where(number => number != 20).Select(number => $"r{number} no_record")
            .Concat(["r20 bad_record", "r30/eplusout.x bad_record"]).Order(StringComparer.Ordinal);
        Assert.Equal(expected, await RowsAsync(place));
    }

    private static Task PutAsync(VerbPlace place, params string[] paths) => Parallel.ForEachAsync(
        paths, Token, async (path, token) => await place.Files.WriteTextAsync("outputs/" + path, "{", null, token));

    private static async Task<IEnumerable<string>> RowsAsync(VerbPlace place)
    {
        var table = await RunTable.CollectAsync("outputs", place.Files, cancellationToken: Token);
        return table.Rows.Select(row => $"{row.Folder} {row["reason"]}");
    }
}
