using Amazon.Lambda.Core;
using TestBed;

namespace IdfKit.AmazonLambda.Tests;

/// <summary>Code that compiles against the stand-ins must compile against Amazon's packages.</summary>
public sealed class PublishedApiTests
{
    private static readonly string Extract = Repository.PathOf("eng", "AmazonLambda.StandIns", "published-api.txt");

    [Fact]
    public void Stand_ins_declare_what_the_extract_lists_and_nothing_else()
    {
        var surface = PublicSurface.Of(typeof(ILambdaContext).Assembly);
        var text = "# What the stand-ins offer of Amazon's published API; PublishedApiTests compares both ways.\n"
            + string.Concat(surface.Select(type => type.Key + "\n" + string.Concat(type.Value.Select(member => "    " + member + "\n"))));
        if (text == File.ReadAllText(Extract)) return;
        // Left for review and copying; nothing but this comparison may decide what the stand-ins offer.
        var received = Repository.PathOf("artifacts", "published-api.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, text);
        Assert.Fail($"{Extract} does not list what the stand-ins declare; compare it with {received}.");
    }

    [Theory]
    [InlineData("Amazon.Lambda.RuntimeSupport.LambdaBootstrapBuilder", "Create", 37)]
    [InlineData("Amazon.Lambda.RuntimeSupport.HandlerWrapper", "GetHandlerWrapper", 37)]
    [InlineData("Amazon.Lambda.RuntimeSupport.LambdaBootstrap", ".ctor", 7)]
    public void Name_has_as_many_overloads_as_the_published_one(string type, string name, int overloads) =>
        Assert.Equal(overloads, typeof(ILambdaContext).Assembly.GetType(type)!.GetMembers().Count(member => member.Name == name));

    [Fact]
    public void Types_have_every_member_that_Amazon_publishes_and_no_other()
    {
        var published = PublicSurface.Parse(File.ReadLines(RealParts.Shared("amazon-lambda-api.txt")));
        Assert.Empty(PublicSurface.Differences(PublicSurface.Of(typeof(ILambdaContext).Assembly), published));
    }

    [Fact]
    public void Missing_overload_is_seen()
    {
        var published = PublicSurface.Parse(["class A []", "    void M()", "    void M(int i)", "    void N()"]);
        var standIn = PublicSurface.Parse(["class A []", "    void M()", "    void O()", "class B []"]);
        Assert.Equal(
            ["class A []: void M(int i) is missing", "class A []: void N() is missing", "class A []: void O() is not published",
                "class B [] is not published"],
            PublicSurface.Differences(standIn, published));
    }
}
