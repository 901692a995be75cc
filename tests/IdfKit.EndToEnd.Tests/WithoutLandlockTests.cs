using IdfKit.EndToEnd.Tests.Servers;
using IdfKit.LocalCloud;
using IdfKit.Runs;
using RunBed;
using TestBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary>The function on a kernel that has no Landlock, as Lambda's may be.</summary>
public sealed class WithoutLandlockTests(EventServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_of_one_event_run_one_after_another()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await Cloud.StartSilentAsync(
            server,
            options => options with { BootstrapPath = Wrapped(folder, options.BootstrapPath), MemoryMegabytes = 8192 },
            ("ENERGYPLUS_DIR", HostileEnergyPlus.Installation.Directory));
        string[] models = ["a", "b", "c"];
        foreach (var model in models) await cloud.DropTextAsync($"inputs/{model}.idf", HostileEnergyPlus.Model("hang 1"));

        var answer = await cloud.Function.InvokeAsync(cloud.EventOf([.. models.Select(model => $"inputs/{model}.idf")]), Token);

        Assert.True(answer.Succeeded, cloud.Log);
        Assert.Contains("\"confinement\":\"filter\"", cloud.Log, StringComparison.Ordinal);
        var records = new List<RunRecord>();
        foreach (var model in models) records.Add(await cloud.RecordAsync("outputs/" + model));
        Assert.All(records, record => Assert.Equal((RunStatus.Completed, "filter"), (record.Status, record.Engine?.Confinement)));
        records = [.. records.OrderBy(record => record.StartedAt)];
        foreach (var (earlier, later) in records.Zip(records.Skip(1))) Assert.True(earlier.FinishedAt <= later.StartedAt, cloud.Log);
    }

    private static string Wrapped(TemporaryFolder folder, string bootstrap)
    {
        File.WriteAllText(folder["bootstrap"], $"#!/bin/sh\nexec '{HostileEnergyPlus.WithoutLandlock}' '{bootstrap}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["bootstrap"], (UnixFileMode)0b111_101_101);
        return folder["bootstrap"];
    }
}
