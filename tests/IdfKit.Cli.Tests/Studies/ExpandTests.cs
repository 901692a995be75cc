using TestBed;

namespace IdfKit.Cli.Tests.Studies;

/// <summary><c>idfkit study expand</c>.</summary>
public sealed class ExpandTests : IDisposable
{
    private readonly StudyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Variants_are_written_and_nothing_else_is_overwritten()
    {
        _folder.With("name,Material/Insulation/Thickness\nthin,0.05\nthick,0.30\n");
        var folder = _folder["variants"];
        var (exitCode, output) = await StudyFolder.IdfKitAsync("expand", _folder.Study, "-o", folder);
        Assert.Equal((0, $"2 variants written into {folder}."), (exitCode, output.Trim()));
        Assert.Equal(["thick.idf", "thin.idf"], Names(folder));
        var thin = await File.ReadAllTextAsync(_folder["variants", "thin.idf"], StudyFolder.Token);
        Assert.Equal(DesignDays.Model.Replace("MediumRough, 0.10, 0.04", "MediumRough, 0.05, 0.04", StringComparison.Ordinal), thin);
        await StudyFolder.SaysAsync("0 of 2 variants", "expand", _folder.Study, "-o", folder);

        // One holds something else: nothing is written, not even the new one.
        await File.WriteAllTextAsync(_folder["variants", "thick.idf"], "mine", StudyFolder.Token);
        _folder.With("name,Material/Insulation/Thickness\nnew,0.07\nthick,0.30\n");
        (exitCode, output) = await StudyFolder.IdfKitAsync("expand", _folder.Study, "-o", folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("thick.idf' holds something else and nothing was written", output, StringComparison.Ordinal);
        Assert.Equal(["thick.idf", "thin.idf"], Names(folder));
        Assert.Equal(0, (await StudyFolder.IdfKitAsync("expand", _folder.Study, "-o", folder, "--force")).ExitCode);
        Assert.Equal(["new.idf", "thick.idf", "thin.idf"], Names(folder));
        Assert.NotEqual("mine", await File.ReadAllTextAsync(_folder["variants", "thick.idf"], StudyFolder.Token));
    }

    [Fact]
    public async Task Model_of_the_study_is_never_overwritten()
    {
        _folder.With("name,Material/Insulation/Thickness\noffice,0.05\n");
        var (exitCode, output) = await StudyFolder.IdfKitAsync("expand", _folder.Study, "-o", _folder.Path, "--force");
        Assert.Equal(1, exitCode);
        Assert.Contains("is called like the model", output, StringComparison.Ordinal);
        Assert.Equal(DesignDays.Model, await File.ReadAllTextAsync(_folder["office.idf"], StudyFolder.Token));
    }

    private static IEnumerable<string?> Names(string folder) =>
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
