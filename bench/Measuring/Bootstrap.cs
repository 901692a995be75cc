using TestBed;

namespace Measuring;

/// <summary>The function that is measured: IDFKIT_TEST_BOOTSTRAP, else the one that eng/publish.sh has put into artifacts.</summary>
public static class Bootstrap
{
    /// <summary>Its path; null, and a sentence on standard error, when it is not there.</summary>
    public static string? FindOrSay()
    {
        var path = Environment.GetEnvironmentVariable("IDFKIT_TEST_BOOTSTRAP") is { Length: > 0 } given
            ? given
            : Repository.PathOf("artifacts", "publish", "bootstrap");
        if (File.Exists(path)) return path;
        Console.Error.WriteLine($"There is no {path}: run ./eng/publish.sh artifacts/publish first.");
        return null;
    }
}
