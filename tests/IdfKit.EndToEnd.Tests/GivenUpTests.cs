using System.Text.Json;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.LocalCloud;
using IdfKit.Runs;
using RunBed;
using TestBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The real process is killed, or overruns its time, until its event is given up; the event's dead letter then comes to the
/// function as the failure queue sends it, and nothing is left that says running.
/// </summary>
public sealed class GivenUpTests(EventServer server)
{
    private const string Model = "inputs/office.idf";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_every_attempt()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        using var signs = new TemporaryFolder();
        await using var cloud = await StartAsync(energyPlus, options => options with { MaxRetryAttempts = 1 });
        await cloud.DropTextAsync(Model, Waiting(signs));
        cloud.Function.Enqueue(cloud.Event(Model, "0A"));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await ScriptedEnergyPlus.WaitForAsync(signs["started"]);
            File.Delete(signs["started"]);
            await Signals.SendAsync("KILL", Assert.Single(cloud.Function.ProcessIds), Token);
        }
        await ExpectAsync(cloud, "after 2 attempts: the function was killed, as happens when its memory runs out");

        await File.WriteAllTextAsync(signs["free"], "", Token);
        await cloud.DropTextAsync(Model, Waiting(signs)); // aws s3 cp of it again
        Assert.True((await cloud.Function.InvokeAsync(cloud.Event(Model, "0B"), Token)).Succeeded, cloud.Log);
        Assert.Equal((RunStatus.Completed, "0B"), Ending(await cloud.RecordAsync("outputs/office")));

        // Its letter, once more and late: the record has ended.
        Assert.True((await SendAsync(cloud, cloud.Function.Failures[0])).Succeeded, cloud.Log);
        Assert.Equal((RunStatus.Completed, "0B"), Ending(await cloud.RecordAsync("outputs/office")));
    }

    [Fact]
    public async Task Stopped_when_its_time_was_over()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        using var signs = new TemporaryFolder();
        await using var cloud = await StartAsync(
            energyPlus, options => options with { MaxRetryAttempts = 0, Timeout = TimeSpan.FromSeconds(30) });
        await cloud.DropTextAsync(Model, Waiting(signs));
        cloud.Function.Enqueue(cloud.Event(Model, "0A"));
        await ScriptedEnergyPlus.WaitForAsync(signs["started"]);
        await Signals.SendAsync("STOP", Assert.Single(cloud.Function.ProcessIds), Token); // it does nothing any more
        await ExpectAsync(cloud, "after one attempt: the function was stopped after 30 s");
    }

    [Fact]
    public async Task Never_tried_because_others_were_before_it()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        using var signs = new TemporaryFolder();
        await using var cloud = await StartAsync(energyPlus, options => options with { MaxEventAge = TimeSpan.FromSeconds(4) });
        await cloud.DropTextAsync("inputs/first.idf", ScriptedEnergyPlus.Model("sleep 8"));
        await cloud.DropTextAsync(Model, Waiting(signs));
        cloud.Function.Enqueue(cloud.Event("inputs/first.idf", "0A"));
        cloud.Function.Enqueue(cloud.Event(Model, "0A"));
        await ExpectAsync(cloud, "was given up: it waited for");
        Assert.Equal(RunStatus.Completed, (await cloud.RecordAsync("outputs/first")).Status);
    }

    [Fact] // the queue keeps it, and nothing else comes of it
    public async Task Letter_that_cannot_be_recorded_fails_by_itself()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        await using var cloud = await StartAsync(energyPlus, options => options with { MaxRetryAttempts = 0 });
        cloud.Function.Enqueue(cloud.Event(Model, "0A", bucket: "there-is-no-such-bucket"));
        await cloud.Function.WhenIdleAsync(Token);
        var answer = await SendAsync(cloud, Assert.Single(cloud.Function.Failures));
        Assert.True(answer.Succeeded, cloud.Log);
        Assert.Contains("\"itemIdentifier\":\"m1\"", answer.Payload, StringComparison.Ordinal);
        Assert.Contains("is not in its record yet", cloud.Log, StringComparison.Ordinal);
        Assert.Single(cloud.Function.Failures);
    }

    private static (RunStatus, string?) Ending(RunRecord record) => (record.Status, record.Sequencer);

    /// <summary>Waits in EnergyPlus's place until it may go on.</summary>
    private static string Waiting(TemporaryFolder signs) =>
        ScriptedEnergyPlus.Model($"touch '{signs["started"]}'; [ -f '{signs["free"]}' ] || sleep 60");

    private Task<Cloud> StartAsync(ScriptedEnergyPlus energyPlus, Func<LocalLambdaOptions, LocalLambdaOptions> with) =>
        Cloud.StartSilentAsync(server, with,
            ("ENERGYPLUS_DIR", energyPlus.Installation.Directory), ("IDFKIT_ALLOW_UNSAFE_OBJECTS", "true"));

    private static async Task ExpectAsync(Cloud cloud, string said)
    {
        await cloud.Function.WhenIdleAsync(Token);
        var letter = Assert.Single(cloud.Function.Failures);
        var answer = await SendAsync(cloud, letter);
        Assert.True(answer.Succeeded, cloud.Log);
        Assert.Contains("\"batchItemFailures\":[]", answer.Payload, StringComparison.Ordinal);
        var record = await cloud.RecordAsync("outputs/office");
        Assert.True((record.Status, record.Reason) == (RunStatus.Failed, RunReason.GaveUp), record.Message);
        Assert.Contains(said, record.Message, StringComparison.Ordinal);
        Assert.Equal(["outputs/office/report.html", "outputs/office/run.json"], await cloud.KeysAsync("outputs/office/"));
        Assert.Single(cloud.Function.Failures);
    }

    private static Task<InvocationResult> SendAsync(Cloud cloud, FailedInvocation letter) =>
        cloud.Function.InvokeAsync(JsonSerializer.Serialize(new
        {
            Records = new[]
            {
                new
                {
                    messageId = "m1", eventSource = "aws:sqs", body = letter.Record,
                    eventSourceARN = cloud.Environment.GetValueOrDefault("IDFKIT_FAILURE_QUEUE", "arn:aws:sqs:us-east-1:1:failures"),
                },
            },
        }), Token);
}
