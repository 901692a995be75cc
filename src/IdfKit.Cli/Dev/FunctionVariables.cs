using System.Collections;

using IdfKit.Drops;

namespace IdfKit.Cli.Dev;

/// <summary>The variables that the function gets from this tool's environment and for this bucket.</summary>
internal static class FunctionVariables
{
    public const string AccessKeyId = "local";
    public const string SecretAccessKey = "local-secret";
    public const string Region = "us-east-1";
    private const string ToolsOwn = "IDFKIT_BOOTSTRAP";

    /// <summary>The names that begin with IDFKIT_ and mean nothing, neither to the function nor to this tool.</summary>
    public static IEnumerable<string> UnknownIn(IDictionary environment) =>
        FunctionOptions.UnknownIn(environment).Where(name => name != ToolsOwn);

    public static Dictionary<string, string> Create(IDictionary environment, Uri endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["IDFKIT_PROGRESS_SECONDS"] = "0.2",
            ["IDFKIT_STUDY_SELF_ROWS"] = "100000", // nobody else runs studies here
            ["IDFKIT_COMPRESS"] = "false", // the bucket is a folder, whose files people open by themselves
        };
        foreach (DictionaryEntry entry in environment)
        {
            var name = (string)entry.Key;
            if (name != ToolsOwn && (name == "ENERGYPLUS_DIR" || name.StartsWith("IDFKIT_", StringComparison.Ordinal)))
                variables[name] = (string?)entry.Value ?? "";
        }
        variables["AWS_ENDPOINT_URL_S3"] = endpoint.ToString().TrimEnd('/');
        variables["AWS_ACCESS_KEY_ID"] = AccessKeyId;
        variables["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey;
        variables["AWS_REGION"] = Region;
        return variables;
    }
}
