using System.Text;
using TestBed;

using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary>
/// A model that gets code to run tells all it can find; neither that, nor a record, a log line or an error holds a
/// credential.
/// </summary>
public sealed class SecretsTests(EventServer server)
{
    [Fact]
    public async Task No_credential_reaches_the_child_a_record_an_error_or_the_log()
    {
        using var energyPlus = new ScriptedEnergyPlus();
        await using var cloud = await Cloud.StartSilentAsync(server,
            ("ENERGYPLUS_DIR", energyPlus.Installation.Directory),
            // Confined it could start no program that tells, and what it is given must hold no secret all the same.
            ("IDFKIT_CONFINEMENT", "off"), ("AWS_SESSION_TOKEN", ""), ("IDFKIT_PROGRESS_SECONDS", "0.1"));
        await cloud.DropTextAsync("inputs/spy.idf", ScriptedEnergyPlus.Model(
            "env > $out/eplusout.env", $"parent=$PPID; {AsOnLambda} cat /proc/$parent/environ > $out/eplusout.parent 2>/dev/null",
            "ls -l /proc/self/fd > $out/eplusout.fd", "sleep 1"));
        await cloud.DropTextAsync("inputs/broken.idf", "Version,25.2;\nBuilding,");

        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/spy.idf", "0A"), Token)).Succeeded);
        Assert.True((await cloud.Function.InvokeAsync(cloud.Event("inputs/broken.idf", "0A"), Token)).Succeeded);
        var forbidden = await cloud.Function.InvokeAsync(cloud.Event("inputs/spy.idf", "0A", bucket: "no-such-bucket"), Token);
        Assert.False(forbidden.Succeeded);

        var record = await cloud.RecordAsync("outputs/spy");
        Assert.Equal(RunStatus.Completed, record.Status);
        var environment = Encoding.UTF8.GetString((await cloud.ReadAsync("outputs/spy/eplusout.env"))!);
        Assert.Contains("PATH=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("AWS", environment, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "socket:", Encoding.UTF8.GetString((await cloud.ReadAsync("outputs/spy/eplusout.fd"))!), StringComparison.Ordinal);

        var told = new StringBuilder(cloud.Log).Append(forbidden.Payload);
        foreach (var key in await cloud.KeysAsync("outputs/")) told.Append(Encoding.UTF8.GetString((await cloud.ReadAsync(key))!));
        Assert.Contains("Started.", told.ToString(), StringComparison.Ordinal);
        string[] secrets =
        [
            cloud.Environment["AWS_SECRET_ACCESS_KEY"], cloud.Environment["AWS_ACCESS_KEY_ID"],
            server.SecretAccessKey, server.AccessKeyId, "X-Amz-Signature", "Signature=",
        ];
        foreach (var secret in secrets) Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Root may read everybody's; on Lambda the function has no capability.</summary>
    private static string AsOnLambda => Environment.IsPrivilegedProcess ? "setpriv --bounding-set=-all --inh-caps=-all" : "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
