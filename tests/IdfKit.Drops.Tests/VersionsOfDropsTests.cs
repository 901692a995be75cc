using IdfKit.Engine;
using IdfKit.Runs;
using RunBed;

namespace IdfKit.Drops.Tests;

/// <summary>Dropped models of other versions, with scripts in the places of EnergyPlus and its Transition programs.</summary>
public sealed class VersionsOfDropsTests
{
    private const string Converts = "sed -i 's/^Version,.*/Version,{0};/' \"$1\"";

    private static CancellationToken Token => ScriptedEnergyPlus.Token;

    [Fact]
    public async Task Older_model_is_migrated_and_its_record_and_results_tell()
    {
        await using var bed = new PipelineBed();
        bed.EnergyPlus
            .WithTransition("24-2-0", "25-1-0", "echo ' ** Warning ** The cooling tower has a new field.'\n" + To("25.1"))
            .WithTransition("25-1-0", "25-2-0", To("25.2"));

        var record = await RunAsync(bed, "24.2");

        Assert.Equal((RunStatus.Completed, "25.2.0"), (record.Status, record.Engine!.Version));
        Assert.Equal(("24.2", "25.2"), (record.Migration!.From, record.Migration.To));
        Assert.Equal(
            [("Transition-V24-2-0-to-V25-1-0", "24.2", "25.1"), ("Transition-V25-1-0-to-V25-2-0", "25.1", "25.2")],
            record.Migration.Steps.Select(step => (step.Program, step.From, step.To)));
        Assert.Equal("** Warning ** The cooling tower has a new field.", record.Migration.Steps[0].Said);
        Assert.Contains("migrated.idf", record.Files.Select(file => file.Path));
        var migrated = await bed.Files.ReadTextAsync("outputs/office/migrated.idf", cancellationToken: Token);
        Assert.Equal("Version,25.2;\nBuilding,Scripted;\n", migrated);
    }

    [Fact]
    public async Task Model_goes_to_the_EnergyPlus_of_its_version_and_stays_as_it_is()
    {
        using var old = new ScriptedEnergyPlus("9.3.0");
        await using var bed = new PipelineBed(null, old.Installation);
        bed.EnergyPlus.WithTransition("9-3-0", "25-2-0", "exit 9");

        var record = await RunAsync(bed, "9.3", "cp \"$1\" $out/eplusout.seen");

        Assert.Equal((RunStatus.Completed, "9.3.0", null), (record.Status, record.Engine!.Version, record.Migration));
        Assert.Equal("Output:SQLite,SimpleAndTabular;", record.AddedObjects[0]); // before 9.5 it has no second field
        var seen = await bed.Files.ReadTextAsync("outputs/office/eplusout.seen", cancellationToken: Token);
        Assert.Contains("\nVersion,9.3;\n", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("migrated.idf", record.Files.Select(file => file.Path));
    }

    [Theory]
    [InlineData("24.2", "exact", "wrong_version", "only an equal version is asked for")]
    [InlineData("24.2", "migrate", null, null)]
    [InlineData("24.2", "as_is", null, null)]
    [InlineData("26.1", "as_is", "wrong_version", "here is only the older 25.2")]
    [InlineData("26.1", null, "wrong_version", "here is only the older 25.2")]
    [InlineData(null, "exact", null, null)]
    public async Task Job_file_says_what_becomes_of_the_model(string? version, string? policy, string? reason, string? sentence)
    {
        await using var bed = new PipelineBed();
        bed.EnergyPlus.WithTransition("24-2-0", "25-2-0", To("25.2"));
        if (policy is not null)
            await bed.Files.WriteTextAsync("inputs/office.job.json", $$"""{"version": "{{policy}}"}""", cancellationToken: Token);

        var record = await RunAsync(bed, version);

        Assert.Equal((reason is null ? RunStatus.Completed : RunStatus.Rejected, reason), (record.Status, record.Reason));
        Assert.Equal(policy == "migrate", record.Migration is not null);
        if (sentence is not null) Assert.Contains(sentence, record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_that_fails_rejects_the_model_by_its_name_and_stands_in_the_record()
    {
        await using var bed = new PipelineBed();
        bed.EnergyPlus.WithTransition("24-2-0", "25-1-0", To("25.1")).WithTransition("25-1-0", "25-2-0", "echo 'Field 3 is bad'; exit 2");

        var record = await RunAsync(bed, "24.2");

        Assert.Equal((RunStatus.Rejected, RunReason.Preprocessor), (record.Status, record.Reason));
        Assert.StartsWith(
            "Transition 25.1 to 25.2 failed on 'office.idf' (exit code 2): Field 3 is bad.", record.Message, StringComparison.Ordinal);
        Assert.Equal(["", "Field 3 is bad"], record.Migration!.Steps.Select(step => step.Said));
        Assert.DoesNotContain("migrated.idf", record.Files.Select(file => file.Path));
    }

    private static string To(string version) => Converts.Replace("{0}", version, StringComparison.Ordinal);

    private static async Task<RunRecord> RunAsync(PipelineBed bed, string? version, params string[] commands)
    {
        var model = ScriptedEnergyPlus.Model(commands)
            .Replace("Version,25.2;\n", version is null ? "" : $"Version,{version};\n", StringComparison.Ordinal);
        await bed.DeliverAsync(await bed.PutAsync("inputs/office.idf", model));
        return await bed.RecordAsync("office");
    }
}
