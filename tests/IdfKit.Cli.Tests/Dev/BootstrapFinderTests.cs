using IdfKit.Cli.Dev;

namespace IdfKit.Cli.Tests;

public sealed class BootstrapFinderTests : IDisposable
{
    private readonly TestBed.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_takes_the_argument_then_the_variable_then_what_lies_beside_the_tool_then_the_checkouts()
    {
        var tool = Directory.CreateDirectory(_folder["checkout", "src", "bin"]).FullName;
        File.WriteAllText(_folder["checkout", "IdfKit.Lambda.sln"], "");
        var none = Assert.Throws<FileNotFoundException>(() => BootstrapFinder.Find(null, null, tool));
        Assert.Contains("./eng/publish.sh artifacts/publish --jit", none.Message, StringComparison.Ordinal);

        var published = Make("checkout", "artifacts", "publish", "bootstrap");
        Assert.Equal(published, BootstrapFinder.Find(null, null, tool));
        var beside = Make("checkout", "src", "bin", "bootstrap");
        Assert.Equal(beside, BootstrapFinder.Find(null, "", tool));
        var variable = Make("variable");
        Assert.Equal(variable, BootstrapFinder.Find(null, variable, tool));
        var given = Make("given");
        Assert.Equal(given, BootstrapFinder.Find(given, variable, tool));
    }

    [Fact]
    public void Find_of_a_named_file_that_is_absent_does_not_fall_back()
    {
        Make("bootstrap");
        Assert.Throws<FileNotFoundException>(() => BootstrapFinder.Find(_folder["none"], null, _folder.Path));
        Assert.Throws<FileNotFoundException>(() => BootstrapFinder.Find(null, _folder["none"], _folder.Path));
    }

    private string Make(params string[] segments)
    {
        var path = _folder[segments];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
