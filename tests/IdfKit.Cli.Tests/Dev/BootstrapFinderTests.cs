using IdfKit.Cli.Dev;

namespace IdfKit.Cli.Tests;

public sealed class BootstrapFinderTests : IDisposable
{
    private readonly TestBed.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_takes_the_argument_then_the_variable_then_what_lies_beside_the_tool_then_the_checkouts_then_the_tool_itself()
    {
        var tool = Directory.CreateDirectory(_folder["checkout", "src", "bin"]).FullName;
        File.WriteAllText(_folder["checkout", "IdfKit.Lambda.sln"], "");
        var itself = BootstrapFinder.Find(null, null, tool);
        Assert.Equal((Environment.ProcessPath, "function"), (itself.Path, Assert.Single(itself.Arguments)));

        var published = Make("checkout", "artifacts", "publish", "bootstrap");
        Assert.Equal(published, Found(null, null, tool));
        var beside = Make("checkout", "src", "bin", "bootstrap");
        Assert.Equal(beside, Found(null, "", tool));
        var variable = Make("variable");
        Assert.Equal(variable, Found(null, variable, tool));
        var given = Make("given");
        Assert.Equal(given, Found(given, variable, tool));
    }

    [Fact] // artifacts/publish may be of last month
    public void Tool_with_its_engine_host_is_the_function_itself_whatever_the_checkout_has()
    {
        File.WriteAllText(_folder["IdfKit.Lambda.sln"], "");
        Make("artifacts", "publish", "bootstrap");
        var tool = Path.GetDirectoryName(Make("artifacts", "idfkit", "idfkit-engine"))!;
        Assert.Equal(Environment.ProcessPath, BootstrapFinder.Find(null, null, tool).Path);
    }

    [Fact]
    public void Find_of_a_named_file_that_is_absent_does_not_fall_back()
    {
        Make("bootstrap");
        Assert.Throws<FileNotFoundException>(() => BootstrapFinder.Find(_folder["none"], null, _folder.Path));
        Assert.Throws<FileNotFoundException>(() => BootstrapFinder.Find(null, _folder["none"], _folder.Path));
    }

    /// <summary>An executable of its own, which is told nothing.</summary>
    private static string Found(string? given, string? variable, string tool)
    {
        var found = BootstrapFinder.Find(given, variable, tool);
        Assert.Empty(found.Arguments);
        return found.Path;
    }

    private string Make(params string[] segments)
    {
        var path = _folder[segments];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
