using RunBed;
using System.Globalization;
using System.Text;

using IdfKit.Engine;
using IdfKit.Runs;

using TestBed;

namespace IdfKit.Drops.Tests;

/// <summary>Whatever stands in a job file ends as a committed record with one sentence, never as a failed invocation.</summary>
public sealed class JobFilePropertyTests
{
    private const int Files = 3_000, LongestSentence = 300;

    private static readonly string[] Fields =
    [
        "weather", "annual", "design_day", "expand_objects", "readvars", "timeout_seconds",
        "variables", "meters", "outputs", "label", "tags", "version",
        "anual", "", "Weather", "name", "\\u0000", "\\ud800",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "90.5", "1e-9",
        "1e-7", "0.001", "1e999", "-1e999", "604800", "604801", "12345678901234567890", "[]", "{}",
        "\"\"", "\" \"", "\"a\"", "\"w.epw\"", "\"../w.epw\"", "\"./w.epw\"",
        "\"sub\\\\w.epw\"", "\"/w.epw\"", "\"//\"", "\"..\"", "\"a\\nb\"", "\"a\\u0000b\"",
        "\"\\ud800\"", "\"\\u2028\"", "\"arn:aws:s3:::b/k.epw\"", "\"s3://b/k.epw\"",
        "\"s3://b\"", "\"s3:///k\"", "\"s3://b/../k\"", "\"s3://B \\n/k\"",
        "\"https://h/w.epw\"", "\"*.csv\"", "\"eplusout.[es]*\"", "\"[z-a]\"", "\"[\"",
        "\"**/**\"", "\"exact\"", "\"as_is\"", "\"migrate\"", "[\"a\", null]", "[1]",
        "[\"Zone Mean Air Temperature\"]", "[{\"name\": \"T\"}]", "[{\"name\": \"T\", \"frequency\": \"x\"}]",
        "[{}]", "[[[[]]]]", "[\"a,b\"]", "[\"*.csv\", \"**\"]",
        "{\"a\": \"b\"}", "{\"a\": 1}", "{\"aws:a\": \"b\"}", "{\"a\": \"b\", \"a\": \"c\"}",
        "{\"\\u0001\": \"b\"}", "{\"a\": \"\\n\"}", "/* c */ true", "// c\n1",
    ];

    [Fact]
    public async Task Random_job_files_end_as_committed_records_with_a_sentence()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var bed = new PipelineBed();
        using var work = new TemporaryFolder();
        var engine = new OneEngine(bed.EnergyPlus.Installation, EndAtOnceAsync);
        var pipeline = new DropDispatcher(new RunSettings { WorkDirectory = work.Path }, bed, engine, TimeProvider.System);
        await bed.Files.WriteTextAsync("inputs/model.idf", RunBed.ScriptedEnergyPlus.Model(), cancellationToken: Token);
        var statuses = new Dictionary<RunStatus, int>();
        for (var i = 0; i < Files; i++)
        {
            var content = Content(random);
            await bed.Files.WriteBytesAsync("inputs/model.job.json", content, Token);
            var record = await RunAsync(pipeline, i, $"seed {seed}, file {i}: {Encoding.UTF8.GetString(content)}");
            statuses[record.Status] = statuses.GetValueOrDefault(record.Status) + 1;
        }
        Assert.True(statuses[RunStatus.Completed] > Files / 100, $"seed {seed}: {statuses[RunStatus.Completed]} ran");
        Assert.True(statuses[RunStatus.Rejected] > Files / 2, $"seed {seed}: {statuses[RunStatus.Rejected]} were rejected");
    }

    private static async Task<RunRecord> RunAsync(DropDispatcher pipeline, int number, string which)
    {
        var drop = new DroppedObject("bucket", ObjectKey.FromText("inputs/model.idf")) { Sequencer = number.ToString(
            "X16", CultureInfo.InvariantCulture) };
        var delivery = new Delivery(drop.Sequencer, TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5), "1");
        IReadOnlyList<RunResult> results;
        try { results = await pipeline.RunAsync(drop, delivery, Token); }
        catch (Exception e) { throw new Xunit.Sdk.XunitException($"{which} threw {e}"); }
        var result = Assert.Single(results);
        Assert.True(result is { Kind: RunResultKind.Committed, Record.Status: not RunStatus.Running }, which);
        if (result.Record!.Message is not { } message) return result.Record;
        Assert.True(message.Length <= LongestSentence && message.EndsWith('.') && !message.Any(char.IsControl),
            $"{which} is told: {message}");
        return result.Record;
    }

    private static byte[] Content(Random random)
    {
        var text = new StringBuilder("{");
        for (var left = random.Next(4); left > 0; left--)
        {
            var field = random.Next(20) == 0 ? Fields[random.Next(Fields.Length)] : Fields[random.Next(12)];
            text.Append(CultureInfo.InvariantCulture,
                $"\"{field}\": {Values[random.Next(Values.Length)]}{(left > 1 ? "," : "")}{(random.Next(3) == 0 ? "\n" : " ")}");
        }
        var json = text.Append('}').ToString();
        var bytes = random.Next(10) == 0 ? Encoding.Unicode.GetBytes(json) : Encoding.UTF8.GetBytes(json);
        return random.Next(15) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => Flipped(bytes, random),
            _ => bytes,
        };
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static Task<EngineRun> EndAtOnceAsync(
        EngineRequest request, IProgress<EngineProgress>? progress, CancellationToken cancellationToken)
    {
        File.WriteAllText(Path.Combine(request.OutputDirectory, "eplusout.err"), "");
        return Task.FromResult(new EngineRun { Outcome = RunOutcome.Completed, ExitCode = 0 });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
