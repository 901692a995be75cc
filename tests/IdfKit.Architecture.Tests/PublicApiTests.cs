using TestBed;

namespace IdfKit.Architecture.Tests;

/// <summary>What packages promise stands in files, which the build compares with the code (RS0016, RS0017).</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Packages =>
    [
        "IdfKit.Storage", "IdfKit.Storage.S3", "IdfKit.Storage.S3.Credentials", "IdfKit.Storage.DependencyInjection",
        "IdfKit.Engine", "IdfKit.Runs", "IdfKit.Simulation", "IdfKit.Studies", "IdfKit.Drops"
    ];

    [Theory, MemberData(nameof(Packages))]
    public void Package_lists_its_public_members(string package)
    {
        Assert.True(File.Exists(Repository.PathOf("src", package, "PublicAPI.Shipped.txt")), "Run ./eng/public-api.sh.");
        Assert.True(File.Exists(Repository.PathOf("src", package, "PublicAPI.Unshipped.txt")), "Run ./eng/public-api.sh.");
    }
}
