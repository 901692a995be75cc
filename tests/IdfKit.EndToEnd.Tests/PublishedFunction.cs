using TestBed;

namespace IdfKit.EndToEnd.Tests;

/// <summary>The function as <c>eng/publish.sh</c> made it.</summary>
internal static class PublishedFunction
{
    public static string BootstrapPath()
    {
        Needs.NotQuick("the published function");
        var path = Environment.GetEnvironmentVariable("IDFKIT_TEST_BOOTSTRAP") is { Length: > 0 } given
            ? given
            : Repository.PathOf("artifacts", "publish", "bootstrap");
        Needs.That(File.Exists(path), Needs.PublishedFunction);
        return path;
    }
}
