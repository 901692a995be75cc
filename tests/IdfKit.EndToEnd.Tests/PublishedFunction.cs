using TestBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary>The function as <c>eng/publish.sh</c> made it.</summary>
internal static class PublishedFunction
{
    public static string BootstrapPath()
    {
        var path = Environment.GetEnvironmentVariable("IDFKIT_TEST_BOOTSTRAP") is { Length: > 0 } given ? given : Repository.PathOf("artifacts", "publish", "bootstrap");
        Assert.SkipUnless(File.Exists(path), "needs the published function: run ./eng/publish.sh artifacts/publish");
        return path;
    }
}
