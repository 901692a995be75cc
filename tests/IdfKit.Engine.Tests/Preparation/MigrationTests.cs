using System.Text;

using IdfKit.Engine.Tests.Processes;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>
/// A model that is carried from version to version. The Transition programs are scripts that behave as the real ones
/// were seen to in their source: the official archive that has them is not at hand here.
/// </summary>
public sealed class MigrationTests
{
    private const string Old = "Version,24.2;\nBuilding,B;\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrated_model_is_kept_and_the_record_tells_each_step()
    {
        using var old = new ScriptedInstallation("Version,24.1;\nBuilding,B;\n", "24.0.0");
        using var current = new ScriptedInstallation(Old).WithTransition("25-1-0", "25-2-0")
            .WithTransition("24-2-0", "25-1-0", Converts("25.1", "echo ' ** Warning ** Zone One has no people.'"));
        current.WithTransition("24-1-0", "24-2-0");
        var kept = Path.Combine(old.Work, "migrated.idf");

        var prepared = await PrepareAsync(
            old, [current.Installation, old.Installation], new() { ModelName = "office.idf", MigratedPath = kept });

        Assert.Null(prepared.Refusal);
        Assert.Equal("25.2.0", prepared.Installation!.Version.ToString());
        Assert.Equal((new EnergyPlusVersion(24, 1), new EnergyPlusVersion(25, 2)), (prepared.Migration!.From, prepared.Migration.To));
        Assert.Equal(["Transition-V24-1-0-to-V24-2-0", "Transition-V24-2-0-to-V25-1-0", "Transition-V25-1-0-to-V25-2-0"],
            prepared.Migration.Steps.Select(step => step.Program));
        Assert.Equal("** Warning ** Zone One has no people.", prepared.Migration.Steps[1].Said);
        Assert.All(prepared.Migration.Steps, step => Assert.InRange(step.Elapsed, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)));
        Assert.Equal("Version,25.2;\nBuilding,B;\n", await File.ReadAllTextAsync(kept, Token));
        Assert.StartsWith("Version,25.2;\nBuilding,B;\n", await File.ReadAllTextAsync(old.Model, Token), StringComparison.Ordinal);
        Assert.Contains("Output:SQLite", await File.ReadAllTextAsync(old.Model, Token), StringComparison.Ordinal);
        Assert.Equal(["Transition 24.1 to 24.2", "Transition 24.2 to 25.1", "Transition 25.1 to 25.2"], prepared.Programs);
    }

    [Theory]
    [InlineData("", "Transition 24.2 to 25.1 ended without a model of version 25.1 for 'office.idf': it printed nothing.")]
    [InlineData(": > \"$1new\"; echo Transition Starting", "ended without a model of version 25.1 for 'office.idf': Transition Starting.")]
    [InlineData("echo 'bad field'; exit 3", "Transition 24.2 to 25.1 failed on 'office.idf' (exit code 3): bad field.")]
    [InlineData("kill -SEGV $$", "Transition 24.2 to 25.1 failed on 'office.idf' (signal 11): it printed nothing.")]
    [InlineData("echo '<html>' > \"$1\"", "Transition 24.2 to 25.1 made of 'office.idf' what cannot be read: ")]
    [InlineData("head -c 4096 /dev/urandom > \"$1new\"; cp \"$1new\" \"$1\"",
        "Transition 24.2 to 25.1 made of 'office.idf' what cannot be read: ")]
    [InlineData("echo 'Version,25.1;' > \"$1\"; echo ' **  Fatal  ** Two managers are called A.'",
        "failed on 'office.idf' (fatal error): Two managers are called A.")]
    [InlineData("echo 'Version,25.1;' > \"$1\"; echo '  **  Fatal  ** In a file.' > idfkit-model.VCpErr",
        "failed on 'office.idf' (fatal error): In a file.")]
    public async Task Step_that_fails_refuses_the_model_by_its_own_name_and_is_told_in_the_record(string script, string message)
    {
        using var fake = new ScriptedInstallation(Old).WithTransition("24-2-0", "25-1-0", script).WithTransition("25-1-0", "25-2-0");
        var kept = Path.Combine(fake.Work, "migrated.idf");

        var prepared = await PrepareAsync(fake, [fake.Installation], new() { ModelName = "office.idf", MigratedPath = kept });

        Assert.Equal(ModelRefusalKind.Preprocessor, prepared.Refusal!.Kind);
        Assert.Contains(message, prepared.Refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("or run it as it is (version: as_is).", prepared.Refusal.Message, StringComparison.Ordinal);
        Assert.InRange(prepared.Refusal.Message.Length, 1, 300);
        Assert.DoesNotContain('\n', prepared.Refusal.Message);
        Assert.Equal(["Transition-V24-2-0-to-V25-1-0"], prepared.Migration!.Steps.Select(step => step.Program));
        Assert.Equal(Old, await File.ReadAllTextAsync(fake.Model, Token));
        Assert.False(File.Exists(kept));
    }

    [Fact]
    public async Task Step_that_hangs_is_killed_with_all_that_it_started_at_the_time_limit()
    {
        using var fake = new ScriptedInstallation(Old);
        fake.WithTransition("24-2-0", "25-1-0", $"trap '' TERM; sleep 600 & echo $! > '{fake.Work}/child'; wait")
            .WithTransition("25-1-0", "25-2-0");

        var prepared = await PrepareAsync(fake, [fake.Installation], new() { Timeout = TimeSpan.FromSeconds(1), ModelName = "office.idf" });

        Assert.Equal(ModelRefusalKind.PreprocessorTimeout, prepared.Refusal!.Kind);
        Assert.StartsWith("Transition 24.2 to 25.1 was stopped on 'office.idf' after 1 s, its time limit. ",
            prepared.Refusal.Message, StringComparison.Ordinal);
        Assert.InRange(prepared.Migration!.Steps.Single().Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(60));
        Assert.False(IsRunning((await File.ReadAllTextAsync(fake.Work + "/child", Token)).Trim()));
    }

    [Theory]
    [InlineData("cp \"$1\" \"$1old\"; sed 's/24.2/25.1/' \"$1old\" > \"$1new\"; cp \"$1new\" \"$1\"")]
    [InlineData("sed 's/24.2/25.1/' \"$1\" > \"$1new\"")] // beside the model only
    [InlineData("sed 's/24.2/25.1/' \"$1\" > x; mv x \"$1\"")] // in its place only
    public async Task Result_is_taken_from_the_model_or_from_beside_it(string script)
    {
        using var fake = new ScriptedInstallation(Old, "25.1.0").WithTransition("24-2-0", "25-1-0", script);

        await new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token);

        Assert.Equal("Version,25.1;\nBuilding,B;\n", await File.ReadAllTextAsync(fake.Made, Token));
        Assert.Equal(Old, await File.ReadAllTextAsync(fake.Model, Token));
    }

    [Fact]
    public async Task Program_runs_beside_its_own_files_in_a_folder_of_its_own_and_without_credentials()
    {
        using var fake = new ScriptedInstallation(Old, "25.1.0");
        fake.WithFile("PreProcess/IDFVersionUpdater/Energy+.ini", "[program]\ndir=/elsewhere\n")
            .WithFile("PreProcess/IDFVersionUpdater/Report Variables 24-2-0 to 25-1-0.csv", "a,b\n")
            .WithFile("PreProcess/IDFVersionUpdater/V24-2-0-Energy+.idd", "")
            .WithTransition("24-2-0", "25-1-0", $"{{ pwd; ls; env; }} > '{fake.Work}/seen'; sed -i 's/24.2/25.1/' \"$1\"");

        await new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token);

        var seen = await File.ReadAllTextAsync(fake.Work + "/seen", Token);
        string[] looked = ["V24-2-0-Energy+.idd", "V25-1-0-Energy+.idd", "Report Variables 24-2-0 to 25-1-0.csv", "idfkit-model.idf"];
        foreach (var file in looked)
            Assert.Contains("\n" + file + "\n", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Energy+.ini", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("ENERGYPLUS_DIR", seen, StringComparison.Ordinal);
        Assert.False(Directory.Exists(seen.Split('\n')[0]));
    }

    [Fact]
    public async Task Byte_order_mark_lone_line_ends_and_a_read_only_model_reach_the_program_as_plain_text()
    {
        using var fake = new ScriptedInstallation("", "25.1.0");
        await File.WriteAllBytesAsync(
            fake.Model, [0xEF, 0xBB, 0xBF, .. Encoding.Latin1.GetBytes("Version,24.2;\rBuilding,B\u00FCro;\r\n")], Token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fake.Model, UnixFileMode.UserRead);
        fake.WithTransition("24-2-0", "25-1-0",
            $"cp \"$1\" '{fake.Work}/given'; test -w \"$1\" || exit 9; LC_ALL=C sed -i 's/24.2/25.1/' \"$1\"");

        await new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token);

        Assert.Equal(Encoding.Latin1.GetBytes("Version,24.2;\nBuilding,B\u00FCro;\r\n"),
            await File.ReadAllBytesAsync(fake.Work + "/given", Token));
    }

    [Fact]
    public async Task Objects_that_are_left_out_are_told()
    {
        using var fake = new ScriptedInstallation(Old, "25.1.0").WithTransition("24-2-0", "25-1-0", """
            echo 'Transition Starting'
            { echo ' Conversion 24.2 => 25.1'; echo 'Object="OLD:THING" is not in the "new" IDD.'; } > Transition.audit
            sed -i 's/24.2/25.1/' "$1"
            """);

        var prepared = await PrepareAsync(fake, [fake.Installation], new());

        Assert.Equal("Object=\"OLD:THING\" is not in the \"new\" IDD.", prepared.Migration!.Steps.Single().Said);
    }

    [Fact]
    public async Task What_a_program_says_without_end_is_one_short_line()
    {
        using var fake = new ScriptedInstallation(Old, "25.1.0").WithTransition("24-2-0", "25-1-0", """
            i=0; while [ $i -lt 2000 ]; do echo "Processing object $i of $1"; i=$((i+1)); done
            sed -i 's/24.2/25.1/' "$1"
            """);

        var said = (await PrepareAsync(fake, [fake.Installation], new() { ModelName = "office.idf" })).Migration!.Steps.Single().Said;

        Assert.InRange(said.Length, 500, 600);
        Assert.EndsWith("Processing object 1999 of office.idf", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_without_a_version_is_not_migrated()
    {
        using var fake = new ScriptedInstallation("Building,B;\n").WithTransition("25-1-0", "25-2-0", "exit 9");

        Assert.Empty(await new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token));
        var prepared = await PrepareAsync(fake, [fake.Installation], new() { VersionPolicy = VersionPolicy.Migrate });

        Assert.Equal((null, null), (prepared.Refusal, prepared.Migration));
        Assert.Equal("Building,B;\n", await File.ReadAllTextAsync(fake.Made, Token));
    }

    [Fact]
    public async Task Programs_that_are_missing_are_named_with_their_folder()
    {
        using var fake = new ScriptedInstallation(Old).WithTransition("25-1-0", "25-2-0");

        var missing = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token));

        Assert.Equal(EnergyPlusErrorKind.ProgramMissing, missing.Kind);
        Assert.StartsWith("'model.idf' cannot be converted from EnergyPlus 24.2 to 25.2: ", missing.Message, StringComparison.Ordinal);
    }

    /// <summary>One that has ended may wait for the system's first process to take note of it.</summary>
    private static bool IsRunning(string process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static string Converts(string to, string more) => $"{more}\nsed -i 's/^Version.*/Version,{to};/' \"$1\"";

    private static async Task<PreparedModel> PrepareAsync(
        ScriptedInstallation of, IReadOnlyList<EnergyPlusInstallation> installations, PreparationOptions options)
    {
        using var stream = new MemoryStream(await File.ReadAllBytesAsync(of.Model, Token));
        var model = Model.Read(stream);
        return await ModelPreparation.PrepareAsync(model, of.Model, installations, options, Token);
    }
}
