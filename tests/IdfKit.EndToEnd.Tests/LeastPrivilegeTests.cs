using RunBed;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using IdfKit.Storage.S3;

[assembly: AssemblyFixture(typeof(TransformedTemplate))]

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// The function as a user whose only policy is the one that template.yaml gives the role: enough for everything, and
/// nothing in it is too much.
/// </summary>
public sealed class LeastPrivilegeTests(EventServer server, TransformedTemplate template)
{
    private static readonly string Weather = Repository.PathOf("examples", "USA_CO_Golden-NREL.724666_TMY3.epw"),
        Model = Repository.PathOf("examples", "one-zone.idf");

    [Fact]
    public async Task Role_suffices_for_a_run_for_newer_content_and_for_late_weather()
    {
        var user = NewUser();
        await using var cloud = await StartAsync(user, without: null);
        // RGW gives an object to who wrote it, so only the function's own user reads its records.
        await using var results = new AsyncS3FileSystem(cloud.Bucket, new S3FileSystemOptions
        {
            EndpointUrl = cloud.EndpointUrl, Credentials = new S3Credentials(user.Key, user.Secret), Prefix = "outputs"
        });
        async Task<RunRecord> RecordAsync() =>
            RunRecordFile.FromJson(await results.ReadBytesAsync("a/one/run.json", TestContext.Current.CancellationToken))!;

        await cloud.DropTextAsync("inputs/a/one.job.json", """{"label": "base", "tags": {"study": "A"}}""");
        await cloud.DropAsync("inputs/a/one.idf", Model);
        Assert.True((await InvokeAsync(cloud, "inputs/a/one.idf", "0A")).Succeeded, cloud.Log);
        Assert.Equal(RunReason.NoWeather, (await RecordAsync()).Reason);
        await cloud.DropAsync("inputs/a/site.epw", Weather);
        Assert.True((await InvokeAsync(cloud, "inputs/a/site.epw", "0A")).Succeeded, cloud.Log);
        var first = await RecordAsync();
        Assert.Equal(RunStatus.Completed, first.Status);
        Assert.True((await InvokeAsync(cloud, "inputs/a/one.idf", "0B")).Succeeded, cloud.Log);
        Assert.NotEqual(first.RunId, (await RecordAsync()).RunId);
    }

    [Fact]
    public async Task Without_any_one_statement_the_function_fails_and_says_that_it_is_denied()
    {
        await using var probe = await StartAsync(NewUser(), without: null);
        foreach (var statement in new RolePolicy(template, probe.Bucket).Statements)
        {
            await using var cloud = await StartAsync(NewUser(), statement);
            await cloud.DropAsync("inputs/one.idf", Model);
            await cloud.DropAsync("inputs/site.epw", Weather);
            // Whether an absent object may be known to be absent is asked without a prefix, which either of the two
            // listings answers; only the event of a companion lists below the output prefix.
            var answer = await InvokeAsync(cloud, statement == "ListOutputs" ? "inputs/site.epw" : "inputs/one.idf", "0A");
            Assert.False(answer.Succeeded, $"without {statement} the run succeeded");
            Assert.Contains("AccessDenied", cloud.Log + answer.Payload, StringComparison.Ordinal);
        }
    }

    private static (string Key, string Secret) NewUser() => ("fn" + Guid.NewGuid().ToString("N")[..18], Guid.NewGuid().ToString("N"));

    private async Task<Cloud> StartAsync((string Key, string Secret) user, string? without)
    {
        var rgw = server.Rgw;
        var cloud = await Cloud.StartSilentAsync(server, ("AWS_ACCESS_KEY_ID", user.Key), ("AWS_SECRET_ACCESS_KEY", user.Secret));
        rgw.CreateUser(user.Key, user.Secret, new RolePolicy(template, cloud.Bucket).Without(without));
        return cloud;
    }

    private static Task<LocalCloud.InvocationResult> InvokeAsync(Cloud cloud, string key, string sequencer) =>
        cloud.Function.InvokeAsync(cloud.Event(key, sequencer), TestContext.Current.CancellationToken);
}
