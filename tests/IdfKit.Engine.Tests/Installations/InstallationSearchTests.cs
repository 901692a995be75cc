using TestBed;

using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Tests.Installations;

public sealed class InstallationSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_at_a_path_reads_version_and_build_of_the_IDD_and_follows_links()
    {
        var folder = Install("anything", "!IDD_Version 25.2.0\r\n!IDD_BUILD cf7368216c\r\n! ***");
        Directory.CreateDirectory(_folder["bin"]);
        File.CreateSymbolicLink(_folder["bin", "energyplus"], Path.Combine(folder, "energyplus"));

        foreach (var path in new[] { folder, folder + "/", Path.Combine(folder, "energyplus"), _folder["bin", "energyplus"] })
        {
            var found = new InstallationSearch().Find(path, null);
            Assert.Equal((folder, "25.2.0", "cf7368216c", false), (found.Directory, found.Version.ToString(), found.Build, found.IsReplay));
        }
    }

    [Fact]
    public void Find_takes_the_version_of_the_folder_when_there_is_no_IDD()
    {
        var found = new InstallationSearch().Find(Install("EnergyPlus-24-1-0", idd: null), null);

        Assert.Equal(("24.1.0", null), (found.Version.ToString(), found.Build));
    }

    [Fact]
    public void Find_of_a_program_without_any_version_is_broken()
    {
        var folder = Install("nameless", "nonsense");

        var broken = Assert.Throws<EnergyPlusException>(() => new InstallationSearch().Find(folder, null));

        Assert.Equal(EnergyPlusErrorKind.Broken, broken.Kind);
        Assert.Contains(folder, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_never_looks_past_a_folder_that_was_named()
    {
        var usual = Usual("EnergyPlus-25-2-0") with { NamedFolder = _folder["typing-error"] };

        var byVariable = Assert.Throws<EnergyPlusException>(() => usual.Find(null, null));
        var byPath = Assert.Throws<EnergyPlusException>(() => usual.Find(_folder["elsewhere"], null));

        Assert.Equal((EnergyPlusErrorKind.NotFound, EnergyPlusErrorKind.NotFound), (byVariable.Kind, byPath.Kind));
        Assert.Contains(_folder["typing-error"], byVariable.Message, StringComparison.Ordinal);
        Assert.Contains("ENERGYPLUS_DIR", byVariable.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["elsewhere"], byPath.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_prefers_what_was_named_then_PATH_then_the_newest()
    {
        var usual = Usual("EnergyPlus-9-6-0", "EnergyPlus-25-2-0", "EnergyPlus-24-1-0");
        var onPath = Install("on-path", "!IDD_Version 23.1.0");
        var named = Install("named", "!IDD_Version 22.1.0");

        Assert.Equal("25.2.0", usual.Find(null, null).Version.ToString());
        Assert.Equal(onPath, (usual with { ProgramFolders = [onPath] }).Find(null, null).Directory);
        Assert.Equal(named, (usual with { ProgramFolders = [onPath], NamedFolder = named }).Find(null, null).Directory);
    }

    [Fact]
    public void Several_folders_are_named_with_colons_and_the_first_is_the_default()
    {
        var (nine, eight, current) =
            (Install("nine", "!IDD_Version 9.3.0"), Install("eight", "!IDD_Version 8.9.0"), Install("new", "!IDD_Version 25.2.0"));
        var list = string.Join(Path.PathSeparator, nine, eight + "/", current, nine);
        var search = Usual("EnergyPlus-24-1-0") with { NamedFolder = list };

        Assert.Equal(["9.3.0", "8.9.0", "25.2.0"], search.FindSeveral(null).Select(found => found.Version.ToString()));
        Assert.Equal(["9.3.0", "8.9.0", "25.2.0"], new InstallationSearch().FindSeveral(list).Select(found => found.Version.ToString()));
        Assert.Equal(nine, search.Find(null, null).Directory);
        Assert.Equal(current, search.Find(null, new(25, 2)).Directory);
        Assert.Equal(["25.2.0", "24.1.0", "9.3.0", "8.9.0"], search.FindAll().Select(found => found.Version.ToString()));
        var typo = Assert.Throws<EnergyPlusException>(
            () => (search with { NamedFolder = list + Path.PathSeparator + _folder["typo"] }).FindSeveral(null));
        Assert.Contains(_folder["typo"], typo.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(nine, typo.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_of_installations_stands_for_all_of_them_the_newest_first()
    {
        Install(Path.Combine("opt", "9.3.0"), "!IDD_Version 9.3.0");
        Install(Path.Combine("opt", "25.2.0"), "!IDD_Version 25.2.0");
        Directory.CreateDirectory(_folder["opt", "licences"]);

        var found = (Usual("EnergyPlus-24-1-0") with { NamedFolder = _folder["opt"] }).FindSeveral(null);

        Assert.Equal(["25.2.0", "9.3.0"], found.Select(one => one.Version.ToString()));
    }

    [Fact]
    public void Without_a_name_the_default_is_the_one_on_PATH_or_the_newest()
    {
        var usual = Usual("EnergyPlus-9-6-0", "EnergyPlus-25-2-0");
        var onPath = Install("on-path", "!IDD_Version 23.1.0");

        Assert.Equal(["25.2.0", "9.6.0"], usual.FindSeveral(null).Select(found => found.Version.ToString()));
        Assert.Equal(["23.1.0", "25.2.0", "9.6.0"],
            (usual with { ProgramFolders = [onPath] }).FindSeveral(null).Select(found => found.Version.ToString()));
        Assert.Throws<EnergyPlusException>(() => new InstallationSearch().FindSeveral(null));
    }

    [Fact]
    public void Folder_with_the_separator_in_its_name_is_one_folder()
    {
        var folder = Install("a:b", "!IDD_Version 25.2.0");

        Assert.Equal(folder, new InstallationSearch { NamedFolder = folder }.Find(null, null).Directory);
    }

    [Fact]
    public void Find_of_a_version_chooses_among_several()
    {
        var usual = Usual("EnergyPlus-9-6-0", "EnergyPlus-25-2-0", "EnergyPlus-24-1-0");

        Assert.Equal("9.6.0", usual.Find(null, new(9, 6)).Version.ToString());
        Assert.Equal("24.1.0",
            (usual with { NamedFolder = Install("named", "!IDD_Version 22.1.0") }).Find(null, new(24, 1)).Version.ToString());
        var none = Assert.Throws<EnergyPlusException>(() => usual.Find(null, new(8, 9)));
        Assert.Contains("25.2.0", none.Message, StringComparison.Ordinal);
        Assert.Contains("8.9", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindAll_lists_each_once_newest_first_and_skips_what_is_broken()
    {
        var usual = Usual("EnergyPlus-9-6-0", "EnergyPlus-25-2-0");
        Install(Path.Combine("usual", "EnergyPlus-broken"), "nonsense");
        Directory.CreateDirectory(_folder["usual", "EnergyPlus-empty"]);

        var all = (usual with { ProgramFolders = [_folder["usual", "EnergyPlus-9-6-0"]] }).FindAll();

        Assert.Equal(["25.2.0", "9.6.0"], all.Select(found => found.Version.ToString()));
    }

    [Fact]
    public void Nothing_found_says_where_it_was_looked_for()
    {
        var search = new InstallationSearch { UsualFolders = [(_folder["usual"], "EnergyPlus-*")] };

        var none = Assert.Throws<EnergyPlusException>(() => search.Find(null, null));

        Assert.Contains(_folder["usual"], none.Message, StringComparison.Ordinal);
        Assert.Empty(search.FindAll());
    }

    [Fact]
    public void Replay_says_of_itself_what_it_is()
    {
        var folder = Install("replay", idd: null);
        File.WriteAllText(Path.Combine(folder, "idfkit-replay.json"), """{"version": "25.2.0", "build": "cf7368216c"}""");

        var found = new InstallationSearch().Find(folder, null);

        Assert.Equal((true, "25.2.0", "cf7368216c"), (found.IsReplay, found.Version.ToString(), found.Build));
    }

    [Fact]
    public void Find_reads_the_real_one()
    {
        var found = EnergyPlusInstallation.Find(RealParts.EnergyPlus());

        Assert.Equal(("25.2.0", "cf7368216c"), (found.Version.ToString(), found.Build));
        Assert.NotNull(found.ApiLibraryPath);
        Assert.NotNull(found.ExpandObjectsPath);
        Assert.NotNull(found.ReadVarsPath);
    }

    private InstallationSearch Usual(params string[] names)
    {
        foreach (var name in names) Install(Path.Combine("usual", name), $"!IDD_Version {name[11..].Replace('-', '.')}");
        return new() { UsualFolders = [(_folder["usual"], "EnergyPlus-*")] };
    }

    private string Install(string name, string? idd)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        File.WriteAllText(Path.Combine(folder, OperatingSystem.IsWindows() ? "energyplus.exe" : "energyplus"), "");
        if (idd is not null) File.WriteAllText(Path.Combine(folder, "Energy+.idd"), idd);
        return folder;
    }
}
