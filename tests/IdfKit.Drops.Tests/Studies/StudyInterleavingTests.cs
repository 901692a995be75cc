using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>
/// Executions of one study beside each other, as events come twice and in any order, files are edited, requests fail, and processes die
/// with what they hold: in the end every row of the newest file has run as it says, and the table tells it.
/// </summary>
public sealed class StudyInterleavingTests
{
    private const int MostTries = 40;
    private const double Failing = 0.03, Dying = 0.01;

    private static readonly AsyncLocal<Process?> Current = new();

    [Fact]
    public async Task Every_row_of_the_newest_study_has_run_as_it_says_whatever_came_between()
    {
        for (var seed = 0; seed < Needs.Rounds(all: 12, quick: 4); seed++)
        {
            var random = new Random(seed);
            await using var bed = new StudyBed(settings => settings with
            {
                ClaimGrace = TimeSpan.FromMilliseconds(100), Studies = new() { Concurrency = 1 },
            });
            await bed.PutBaseAsync();
            string[] older = [.. Enumerable.Range(0, 8).Select(row => $"echo {row}")];
            string[] newer = [.. Enumerable.Range(0, 8).Select(row => row % 3 == 0 ? $"echo new {row}" : $"echo {row}")];
            var first = await bed.PutStudyAsync(older);
            bed.Pipeline.Seen.Before = request => FailAsync(random, request);
            var executions = new List<Task> { ExecuteAsync(bed, first, "one"), ExecuteAsync(bed, first, "one again") };
            await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
            var second = await bed.PutStudyAsync(newer);
            executions.AddRange(
            [
                ExecuteAsync(bed, second, "two"), ExecuteAsync(bed, second, "two again"), ExecuteAsync(bed, first, "one late"),
            ]);
            await Task.WhenAll(executions);
            bed.Pipeline.Seen.Before = null;
            await ExecuteAsync(bed, await bed.PutStudyAsync(newer), "three"); // what died goes on when the study is dropped again

            var record = await bed.RecordAsync();
            Assert.True(record.Status == StudyStatus.Collected && record.Counts.Values.Sum() == 8, $"seed {seed}: {record.Message}");
            Assert.Equal(8, record.Counts.GetValueOrDefault("completed") + record.Counts.GetValueOrDefault("crashed"));
            for (var row = 0; row < newer.Length; row++)
            {
                var run = await bed.RowAsync($"row{row + 1}");
                if (run.Status == RunStatus.Crashed) continue; // two processes died in it
                var told = await bed.Files.ReadTextAsync($"{StudyBed.Folder}/runs/row{row + 1}/eplusout.eso");
                Assert.True(told == newer[row] + "\n", $"seed {seed}, row {row + 1}: {told}");
            }
        }
    }

    /// <summary>What a state machine does with one event: each call is repeated when it fails.</summary>
    private static async Task ExecuteAsync(StudyBed bed, JsonObject study, string execution)
    {
        if (await TryAsync(() => bed.PlanAsync(study, execution)) is not { } plan || (string)plan["status"]! != "planned") return;
        foreach (var ticket in await bed.TicketsAsync(plan))
            for (JsonObject? answer = ticket; answer is not null;)
            {
                answer = await TryAsync(() => bed.CallAsync(answer, TimeSpan.FromSeconds(3)));
                if (answer is null || (int)answer["left"]! == 0) break;
                await Task.Delay((int)answer["wait"]! == 0 ? 0 : 50, TestContext.Current.CancellationToken);
            }
        await TryAsync(() => bed.CollectAsync(plan));
    }

    private static async Task<JsonObject?> TryAsync(Func<Task<JsonObject>> call)
    {
        for (var left = MostTries; left > 0; left--)
        {
            Current.Value = new();
            try { return await call(); }
            catch (Exception e) when (e is StorageException or RunDeferredException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
        return null;
    }

    private static Task FailAsync(Random random, string request)
    {
        if (Current.Value is not { } process) return Task.CompletedTask;
        double drawn;
        lock (random) drawn = random.NextDouble();
        process.IsDead |= drawn < Dying;
        return process.IsDead || drawn < Failing
            ? throw new StorageException(StorageErrorKind.Unavailable, request.Split(' ')[0], request.Split(' ', 2)[1])
            : Task.CompletedTask;
    }

    /// <summary>A process of the function: a dead one reaches nothing any more, so that it lets go of nothing.</summary>
    private sealed class Process
    {
        public bool IsDead { get; set; }
    }
}
