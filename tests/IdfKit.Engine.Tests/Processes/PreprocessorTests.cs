namespace IdfKit.Engine.Tests.Processes;

/// <summary>The rules of all programs that see a model before EnergyPlus does, with scripts in their places.</summary>
public sealed class PreprocessorTests
{
    private const string Ground = "Version,25.2;\nGroundHeatTransfer:Control,c,No,Yes;\n";
    private const string Expands = "cp in.idf expanded.idf; ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expansion_writes_the_expanded_model_and_leaves_nothing_else()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", "test -f Energy+.idd || exit 9; { cat in.idf; echo 'Zone,New;'; } > expanded.idf");

        var made = await Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        Assert.Equal(fake.Made, made);
        Assert.Equal("Version,25.2;\nZone,New;\n", await File.ReadAllTextAsync(made, Token));
        Assert.Equal("Version,25.2;\n", await File.ReadAllTextAsync(fake.Model, Token));
        Assert.Equal([fake.Made, fake.Model], Directory.GetFileSystemEntries(fake.Work).Order());
    }

    [Fact]
    public async Task Expansion_of_nothing_is_a_copy()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\r\n").With("ExpandObjects", "echo No expanded file generated.");

        var made = await Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        Assert.Equal("Version,25.2;\r\n", await File.ReadAllTextAsync(made, Token));
    }

    [Theory]
    [InlineData("echo 'Not enough fields' > expandedidf.err", "Not enough fields")]
    [InlineData("echo 'Output:PreprocessorMessage,ExpandObjects,Severe,In Zone A,there is no system;' > expanded.idf", "In Zone A there is no system")]
    [InlineData("echo 'forrtl: severe (24)'; exit 24", "forrtl: severe (24)")]
    [InlineData("kill -SEGV $$", "signal 11")]
    public async Task Failure_is_a_typed_error_in_the_programs_own_words(string script, string words)
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", script);

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, "ExpandObjects", false), (failed.Kind, failed.Subject, failed.IsTransient));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.Equal([fake.Model], Directory.GetFileSystemEntries(fake.Work));
    }

    [Fact]
    public async Task Warnings_are_left_for_EnergyPlus_to_report()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", "echo 'Output:PreprocessorMessage,ExpandObjects,Warning,Hm;' > expanded.idf; echo Hm > expandedidf.err");

        var made = await Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        Assert.Contains("Hm", await File.ReadAllTextAsync(made, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_hangs_is_killed_at_its_timeout()
    {
        using var fake = new ScriptedInstallation(Ground).With("ExpandObjects", Expands + "touch GHTIn.idf").WithSlab("trap '' TERM; sleep 600");

        var late = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.SlabAsync(fake.Installation, fake.Model, fake.Model, fake.Made, TimeSpan.FromSeconds(1), Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorTimedOut, "Slab"), (late.Kind, late.Subject));
        Assert.Contains("1 s", late.Message, StringComparison.Ordinal);
        Assert.Equal([fake.Model], Directory.GetFileSystemEntries(fake.Work));
    }

    [Fact]
    public async Task Cancel_ends_the_program_and_leaves_nothing()
    {
        using var fake = new ScriptedInstallation(Ground);
        fake.With("ExpandObjects", $"touch '{fake.Work}/started'; sleep 600");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: source.Token);
        while (!File.Exists(fake.Work + "/started")) await Task.Delay(10, Token);

        await source.CancelAsync();

        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(source.Token, canceled.CancellationToken);
        Assert.Equal([fake.Model, fake.Work + "/started"], Directory.GetFileSystemEntries(fake.Work).Order());
    }

    [Fact]
    public async Task Program_that_is_not_installed_is_named()
    {
        using var fake = new ScriptedInstallation(Ground).With("ExpandObjects", Expands + "touch BasementGHTIn.idf");

        var absent = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.ExpandAllAsync(fake.Installation, fake.Model, fake.Model, fake.Made, cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.NotFound, "Basement"), (absent.Kind, absent.Subject));
        Assert.Contains(fake.Installation.Directory, absent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slab_gets_its_input_and_the_weather_and_its_objects_are_added()
    {
        using var fake = new ScriptedInstallation(Ground)
            .With("ExpandObjects", Expands + "echo Materials > GHTIn.idf")
            .WithFile("PreProcess/GrndTempCalc/SlabGHT.idd", "idd")
            .WithSlab("{ printf 'Made,'; cat GHTIn.idf SlabGHT.idd in.epw | tr '\\n' ' '; echo ';'; } > SLABSurfaceTemps.TXT");
        var weather = Path.Combine(fake.Work, "w.epw");
        await File.WriteAllTextAsync(weather, "LOCATION", Token);

        var made = await Preprocessors.ExpandAllAsync(fake.Installation, fake.Model, weather, fake.Made, cancellationToken: Token);

        Assert.Equal(Ground + "\nMade,Materials iddLOCATION;\n", await File.ReadAllTextAsync(made, Token));
    }

    [Theory, InlineData("echo 'Bad materials'", "Bad materials"), InlineData("touch other", "SLABSurfaceTemps.TXT")]
    public async Task Slab_that_makes_nothing_is_an_error(string script, string words)
    {
        using var fake = new ScriptedInstallation(Ground).With("ExpandObjects", Expands + "touch GHTIn.idf").WithSlab(script);

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.SlabAsync(fake.Installation, fake.Model, fake.Model, fake.Made, cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, "Slab"), (failed.Kind, failed.Subject));
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slab_of_a_model_without_a_slab_is_an_error()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", "true").WithSlab("true");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.SlabAsync(fake.Installation, fake.Model, fake.Model, fake.Made, cancellationToken: Token));

        Assert.Contains("GroundHeatTransfer:Slab", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_runs_every_step_in_order_and_leaves_the_model_alone()
    {
        using var fake = new ScriptedInstallation("Version,24.1;\nBuilding,B;\n").WithTransition("24-2-0", "25-1-0").WithTransition("25-1-0", "25-2-0").WithTransition("24-1-0", "24-2-0");

        var made = await Preprocessors.MigrateAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        Assert.Equal("Version,25.2;\nBuilding,B;\n", await File.ReadAllTextAsync(made, Token));
        Assert.Equal(["24-2-0", "25-1-0", "25-2-0"], await File.ReadAllLinesAsync(fake.Work + "/steps", Token));
        Assert.Equal("Version,24.1;\nBuilding,B;\n", await File.ReadAllTextAsync(fake.Model, Token));
    }

    [Fact]
    public async Task Migration_takes_a_model_that_is_only_written_as_new()
    {
        using var fake = new ScriptedInstallation("Version,25.1;\n").WithTransition("25-1-0", "25-2-0", "echo 'Version,25.2;' > \"$1new\"");

        var made = await Preprocessors.MigrateAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        Assert.Equal("Version,25.2;\n", await File.ReadAllTextAsync(made, Token));
    }

    [Fact]
    public async Task Migration_that_changes_nothing_names_the_step()
    {
        using var fake = new ScriptedInstallation("Version,25.1;\n").WithTransition("25-1-0", "25-2-0", "echo 'Severe: object Foo'");

        var failed = await Assert.ThrowsAsync<EnergyPlusException>(() => Preprocessors.MigrateAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token));

        Assert.Equal((EnergyPlusErrorKind.PreprocessorFailed, "Transition-V25-1-0-to-V25-2-0"), (failed.Kind, failed.Subject));
        Assert.Contains("object Foo", failed.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(fake.Made));
    }

    [Fact]
    public async Task Program_gets_no_variable_of_the_caller()
    {
        using var fake = new ScriptedInstallation("Version,25.2;\n").With("ExpandObjects", "{ echo 'Seen'; env | sed 's/=.*//;s/^/,/'; echo ';'; } > expanded.idf");

        var made = await Preprocessors.ExpandObjectsAsync(fake.Installation, fake.Model, fake.Made, cancellationToken: Token);

        await using var stream = File.OpenRead(made);
        Assert.Superset(Model.Read(stream).Objects[0].Fields.ToHashSet(), new HashSet<string> { "HOME", "LANG", "PATH", "TMPDIR", "PWD", "_", "OLDPWD", "SHLVL" });
    }
}
