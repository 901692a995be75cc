using System.CommandLine;

namespace IdfKit.Cli.Places;

/// <summary>PLACE on a command line, and what goes with it.</summary>
internal static class PlaceArgument
{
    public const string About = """
        For S3 the AWS settings of this environment are used, AWS_ENDPOINT_URL_S3 included; settings may stand behind the
        address, such as s3://bucket/p?profile=modelling.
        """;

    public static Argument<string> Create(string name, string description) => new(name) { Description = description };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON, as docs/tool.md describes it." };

    public static Option<bool> DryRun(string description) => new("--dry-run") { Description = description };
}
