using System.Text;

using IdfKit.Engine.Preparation;
using IdfKit.Engine.Tests.Processes;

namespace IdfKit.Engine.Tests.Preparation;

/// <summary>Which EnergyPlus runs a model of which version, with stand-ins for EnergyPlus and its Transition programs.</summary>
public sealed class VersionRuleTests : IDisposable
{
    private readonly Dictionary<string, ScriptedInstallation> _installed = [];

    public void Dispose()
    {
        foreach (var installed in _installed.Values) installed.Dispose();
    }

    [Theory]
    [InlineData("25.2", "25.2 9.3", VersionPolicy.ExactOrMigrate, "25.2.0")]
    [InlineData("9.3", "25.2 9.3", VersionPolicy.ExactOrMigrate, "9.3.0")]
    [InlineData("9.3.1", "25.2 9.3", VersionPolicy.ExactOrMigrate, "9.3.0")]
    [InlineData("9.3", "25.2 9.3", VersionPolicy.Exact, "9.3.0")]
    [InlineData("9.3", "25.2 9.3", VersionPolicy.AsIs, "9.3.0")]
    [InlineData("9.0", "25.2 8.9 9.3 9.1", VersionPolicy.AsIs, "9.1.0")]
    [InlineData("25.2", "9.3 25.2", VersionPolicy.Migrate, "25.2.0")]
    [InlineData(null, "9.3 25.2", VersionPolicy.ExactOrMigrate, "9.3.0")]
    [InlineData(null, "9.3 25.2", VersionPolicy.Exact, "9.3.0")]
    [InlineData("\"9.4\"", "25.2 9.3", VersionPolicy.AsIs, "25.2.0")]
    public void Model_that_runs_as_it_is_goes_to_the_EnergyPlus_that_the_policy_names(
        string? version, string here, VersionPolicy policy, string expected)
    {
        var run = Assert.IsType<VersionDecision.RunAsIs>(VersionRule.Decide(Idf(version), Here(here), policy));

        Assert.Equal(expected, run.Installation.Version.ToString());
    }

    [Theory]
    [InlineData("24.1", "25.2", VersionPolicy.ExactOrMigrate, "25.2.0", "24.1 24.2 25.1 25.2")]
    [InlineData("24.1", "25.2", VersionPolicy.Migrate, "25.2.0", "24.1 24.2 25.1 25.2")]
    [InlineData("24.1", "25.2 25.1", VersionPolicy.ExactOrMigrate, "25.1.0", "24.1 24.2 25.1")] // the nearest, with the programs of 25.2
    [InlineData("24.1", "25.1 25.2", VersionPolicy.Migrate, "25.2.0", "24.1 24.2 25.1 25.2")]
    [InlineData("25.1", "25.1 25.2", VersionPolicy.Migrate, "25.2.0", "25.1 25.2")] // although its own is here
    public void Model_that_is_migrated_ends_where_the_policy_says(
        string version, string here, VersionPolicy policy, string expected, string stops)
    {
        var installations = Here(here);
        foreach (var (from, to) in new[] { ("24-1-0", "24-2-0"), ("25-1-0", "25-2-0"), ("24-2-0", "25-1-0") })
            _installed["25.2"].WithTransition(from, to);

        var migrate = Assert.IsType<VersionDecision.Migrate>(VersionRule.Decide(Idf(version), installations, policy));

        Assert.Equal(expected, migrate.Installation.Version.ToString());
        Assert.Equal(stops, string.Join(' ', migrate.Chain.Select(step => Short(step.From)).Append(Short(migrate.Chain[^1].To))));
    }

    [Fact]
    public void Chain_that_does_not_reach_the_nearest_installation_ends_at_a_later_one()
    {
        var installations = Here("25.2 25.1");
        _installed["25.2"].WithTransition("24-2-0", "25-2-0");

        var migrate = Assert.IsType<VersionDecision.Migrate>(VersionRule.Decide(Idf("24.2"), installations, VersionPolicy.ExactOrMigrate));

        Assert.Equal("25.2.0", migrate.Installation.Version.ToString());
    }

    [Theory]
    [InlineData("22.1", "25.2", VersionPolicy.ExactOrMigrate,
        "The model is for EnergyPlus 22.1, and here is 25.2. Convert it with IDFVersionUpdater (22.1 → 25.2), "
            + "run it as it is (version: as_is), or ask the owner of the function to add EnergyPlus 22.1 or "
            + "the Transition programs.")]
    [InlineData("22.1", "25.2 23.1 9.3", VersionPolicy.Exact,
        "The model is for EnergyPlus 22.1, and here are 25.2, 23.1 and 9.3, and only an equal version is "
            + "asked for (version: exact). Convert it with IDFVersionUpdater (22.1 → 23.1), "
            + "or ask the owner of the function to add EnergyPlus 22.1.")]
    [InlineData("22.1", "25.2", VersionPolicy.Migrate,
        "The model is for EnergyPlus 22.1 and is to be converted for 25.2 (version: migrate), "
            + "but not all Transition programs for that are here. Convert it with IDFVersionUpdater (22.1 → "
            + "25.2), or ask the owner of the function to add the programs.")]
    [InlineData("26.1", "25.2", VersionPolicy.ExactOrMigrate,
        "The model is for EnergyPlus 26.1, and here is only the older 25.2. Save it for EnergyPlus 25.2, "
            + "or ask the owner of the function to add EnergyPlus 26.1.")]
    [InlineData("26.1", "25.2 9.3", VersionPolicy.AsIs,
        "The model is for EnergyPlus 26.1, and here are only the older 25.2 and 9.3. "
            + "Save it for EnergyPlus 25.2, or ask the owner of the function to add EnergyPlus 26.1.")]
    [InlineData("26.1", "25.2", VersionPolicy.Migrate,
        "The model is for EnergyPlus 26.1, and here is only the older 25.2. Save it for EnergyPlus 25.2, "
            + "or ask the owner of the function to add EnergyPlus 26.1.")]
    [InlineData("nine", "25.2", VersionPolicy.ExactOrMigrate,
        "The model's Version is 'nine', which is no version of EnergyPlus; "
        + "write the one that the model was made for, such as 25.2.")]
    [InlineData("nine", "25.2", VersionPolicy.Exact,
        "The model's Version is 'nine', which is no version of EnergyPlus; "
        + "write the one that the model was made for, such as 25.2.")]
    public void Model_that_is_refused_is_told_what_to_do_in_one_sentence_or_two(
        string version, string here, VersionPolicy policy, string message)
    {
        var refuse = Assert.IsType<VersionDecision.Refuse>(VersionRule.Decide(Idf(version), Here(here), policy));

        Assert.Equal((ModelRefusalKind.WrongVersion, message), (refuse.Refusal.Kind, refuse.Refusal.Message));
        Assert.InRange(message.Length, 1, 300);
    }

    [Theory]
    [InlineData(VersionPolicy.ExactOrMigrate)]
    [InlineData(VersionPolicy.Migrate)]
    public void Older_epJSON_is_refused_even_where_the_programs_are_because_they_read_IDF_alone(VersionPolicy policy)
    {
        var installations = Here("25.2");
        _installed["25.2"].WithTransition("25-1-0", "25-2-0");
        var model = Read("""{"Version": {"Version 1": {"version_identifier": "25.1"}}}""");

        var refuse = Assert.IsType<VersionDecision.Refuse>(VersionRule.Decide(model, installations, policy));

        Assert.Contains("cannot be converted as epJSON", refuse.Refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refuse.Refusal.Message.Length, 1, 300);
        Assert.IsType<VersionDecision.RunAsIs>(VersionRule.Decide(model, installations, VersionPolicy.AsIs));
    }

    [Fact]
    public void Replay_is_never_chosen_for_another_version()
    {
        var installations = Here("25.2 9.3");
        _installed["25.2"].WithFile("idfkit-replay.json", """{"version": "25.2.0"}""").WithTransition("25-1-0", "25-2-0");
        IReadOnlyList<EnergyPlusInstallation> here = [_installed["25.2"].Installation, installations[1]];

        foreach (var policy in Enum.GetValues<VersionPolicy>().Distinct())
            Assert.IsType<VersionDecision.Refuse>(VersionRule.Decide(Idf("25.1"), here, policy));
        foreach (var policy in Enum.GetValues<VersionPolicy>().Distinct())
            Assert.True(Assert.IsType<VersionDecision.RunAsIs>(VersionRule.Decide(Idf("25.2"), here, policy)).Installation.IsReplay);
    }

    [Fact]
    public void Programs_that_lead_in_a_circle_or_past_the_target_are_no_chain()
    {
        var installations = Here("25.2");
        _installed["25.2"].WithTransition("24-2-0", "24-2-1").WithTransition("24-2-0", "26-1-0");

        Assert.IsType<VersionDecision.Refuse>(VersionRule.Decide(Idf("24.2"), installations, VersionPolicy.ExactOrMigrate));
    }

    [Fact]
    public void Policies_have_the_names_that_settings_and_job_files_call_them_by()
    {
        foreach (var name in VersionPolicyNames.All) Assert.Equal(name, VersionPolicyNames.Of(VersionPolicyNames.Parse(name)!.Value));
        Assert.Equal(VersionPolicy.AsIs, VersionPolicyNames.Parse(" As_Is "));
        Assert.Null(VersionPolicyNames.Parse("newest"));
        Assert.Equal((VersionPolicy.Exact, VersionPolicy.AsIs), (VersionPolicy.Refuse, VersionPolicy.RunOlder));
        Assert.Equal("exact_or_migrate, exact, as_is or migrate", VersionPolicyNames.Choice);
    }

    private IReadOnlyList<EnergyPlusInstallation> Here(string versions)
    {
        foreach (var version in versions.Split(' ')) _installed[version] = new("Version,25.2;\n", version + ".0");
        return [.. versions.Split(' ').Select(version => _installed[version].Installation)];
    }

    private static string Short(EnergyPlusVersion version) => $"{version.Major}.{version.Minor}";

    private static Model Idf(string? version) => Read(version is null ? "Building,B;\n" : $"Version,{version};\nBuilding,B;\n");

    private static Model Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Model.Read(stream);
    }
}
