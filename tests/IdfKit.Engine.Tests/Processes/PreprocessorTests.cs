namespace IdfKit.Engine.Tests.Processes;

/// <summary>The rules of all programs that see a model before EnergyPlus does, with scripts in their places.</summary>
public sealed class PreprocessorTests
{
    private const string Ground = "Version,25.2;\nGroundHeatTransfer:Control,c,No,Yes;\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expansion_writes_the_expanded_model_and_leaves_nothing_else()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With(
            "ExpandObjects", "test -f Energy+.idd || exit 9; { cat in.idf; echo 'Zone,New;'; } > expanded.idf");

        await new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, Token);

        Assert.Equal("Version,25.2;\nZone,New;\n", await File.ReadAllTextAsync(fake.Made, Token));
        Assert.Equal("Version,25.2;\n", await File.ReadAllTextAsync(fake.Model, Token));
        Assert.Equal([fake.Made, fake.Model], Directory.GetFileSystemEntries(fake.Work).Order());
    }

    [Fact]
    public async Task Expansion_of_nothing_is_a_copy()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\r\n").With("ExpandObjects", "echo No expanded file generated.");

        await new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, Token);

        Assert.Equal("Version,25.2;\r\n", await File.ReadAllTextAsync(fake.Made, Token));
    }

    [Theory]
    [InlineData("mkfifo expanded.idf")]
    [InlineData("ln -s /etc/passwd expanded.idf")]
    [InlineData("ln -s /dev/zero expandedidf.err")]
    [InlineData("rm in.idf; mkfifo in.idf")]
    [InlineData("rm in.idf; ln -s /etc/passwd in.idf")]
    [InlineData("rm in.idf")]
    [InlineData("mkfifo expandedidf.err GHTIn.idf BasementGHTIn.idf; touch \"$(printf 'a\\377')\"; mkdir deep; chmod 000 deep")]
    public async Task Expansion_never_reads_through_what_a_program_left_in_a_files_place(string script)
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", script);
        var expanding = new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, Token);
        try { await expanding.WaitAsync(TimeSpan.FromMinutes(1), Token); }
        catch (EnergyPlusException e) { Assert.Equal(EnergyPlusErrorKind.PreprocessorFailed, e.Kind); }
        if (File.Exists(fake.Made)) Assert.Equal("Version,25.2;\n", await File.ReadAllTextAsync(fake.Made, Token));
    }

    [Theory]
    [InlineData("echo 'Not enough fields' > expandedidf.err", "Not enough fields")]
    [InlineData("echo 'Output:PreprocessorMessage,ExpandObjects,Severe,In Zone A,there is no system;' > expanded.idf",
        "In Zone A there is no system")]
    [InlineData("echo 'forrtl: severe (24)'; exit 24", "forrtl: severe (24)")]
    [InlineData("kill -SEGV $$", "signal 11")]
    public async Task Failure_is_a_typed_error_in_the_programs_own_words(string script, string words)
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", script);

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, false), (failed.Kind, failed.IsTransient));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.Equal([fake.Model], Directory.GetFileSystemEntries(fake.Work));
    }

    [Fact]
    public async Task Warnings_are_left_for_EnergyPlus_to_report()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects",
            "echo 'Output:PreprocessorMessage,ExpandObjects,Warning,Hm;' > expanded.idf; echo Hm > expandedidf.err");

        await new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, Token);

        Assert.Contains("Hm", await File.ReadAllTextAsync(fake.Made, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_ends_the_program_and_leaves_nothing()
    {
        using var fake = new ScriptedInstallation(Ground);
        fake.With("ExpandObjects", $"touch '{fake.Work}/started'; sleep 600");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = new Preprocessors(fake.Installation).ExpandObjectsAsync(fake.Model, fake.Made, source.Token);
        while (!File.Exists(fake.Work + "/started")) await Task.Delay(10, Token);

        await source.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal([fake.Model, fake.Work + "/started"], Directory.GetFileSystemEntries(fake.Work).Order());
    }

    [Fact]
    public async Task Program_that_hangs_is_killed_at_its_timeout()
    {
        using var fake = new ScriptedInstallation(Ground).WithSlab("trap '' TERM; sleep 600");

        var late = await Assert.ThrowsAsync<EnergyPlusException>(
            () => new Preprocessors(fake.Installation) { Timeout = TimeSpan.FromSeconds(1) }.SlabAsync(
                fake.Model, fake.Model, fake.Made, Token));

        Assert.Equal(EnergyPlusErrorKind.PreprocessorTimedOut, late.Kind);
        Assert.Contains("1 s", late.Message, StringComparison.Ordinal);
        Assert.Equal([fake.Model], Directory.GetFileSystemEntries(fake.Work));
    }

    [Fact]
    public async Task Migration_runs_every_step_in_order_and_leaves_the_model_alone()
    {
        using var fake = new ScriptedInstallation("Version,24.1;\nBuilding,B;\n").WithTransition("24-2-0", "25-1-0")
            .WithTransition("25-1-0", "25-2-0")
            .WithTransition("24-1-0", "24-2-0");

        var steps = await new Preprocessors(fake.Installation).MigrateAsync(fake.Model, fake.Made, Token);

        Assert.Equal("Version,25.2;\nBuilding,B;\n", await File.ReadAllTextAsync(fake.Made, Token));
        Assert.Equal(3, steps.Count);
        Assert.Equal(["24-2-0", "25-1-0", "25-2-0"], await File.ReadAllLinesAsync(fake.Work + "/steps", Token));
        Assert.Equal("Version,24.1;\nBuilding,B;\n", await File.ReadAllTextAsync(fake.Model, Token));
    }
}
