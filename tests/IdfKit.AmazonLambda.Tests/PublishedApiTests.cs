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

    [Fact]
    public void Extract_lists_only_members_that_Amazon_publishes_with_the_same_signature()
    {
        var published = PublicSurface.Parse(File.ReadLines(RealParts.Shared("amazon-lambda-api.txt")));
        var unpublished = new List<string>();
        foreach (var (type, members) in PublicSurface.Parse(File.ReadLines(Extract)))
        {
            if (!published.TryGetValue(type, out var known)) unpublished.Add(type);
            else unpublished.AddRange(members.Except(known).Select(member => type + ": " + member));
        }
        Assert.Empty(unpublished);
    }
}
