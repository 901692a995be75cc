using System.Globalization;

namespace IdfKit.LocalCloud.Lambda;

/// <summary>What a function process sees as its environment: Lambda's variables, the caller's, and little else.</summary>
internal static class FunctionEnvironment
{
    // Lambda's list: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    // The last three are Windows's, where a process without them opens no socket and finds no temporary folder.
    private static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMP"];

    public static Dictionary<string, string?> Create(LocalLambdaOptions options, string runtimeApi, string logStream, string privateFolder)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in Inherited)
            if (Environment.GetEnvironmentVariable(name) is { } value) variables[name] = value;
        foreach (var name in options.PrivateFolderVariables)
            variables[name] = privateFolder;

        variables["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = options.FunctionName;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = options.MemoryMegabytes.ToString(CultureInfo.InvariantCulture);
        variables["AWS_SAM_LOCAL"] = "true"; // SAM's name for a Lambda that is played: memory bounds no processors
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + options.FunctionName;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = logStream;
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["AWS_REGION"] = options.Region;
        variables["AWS_DEFAULT_REGION"] = options.Region;
        variables["AWS_ACCESS_KEY_ID"] = "local";
        variables["AWS_SECRET_ACCESS_KEY"] = "local-secret";
        variables["_HANDLER"] = "bootstrap";
        variables["LAMBDA_TASK_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(options.BootstrapPath));
        variables["TZ"] = ":UTC";
        foreach (var (name, value) in options.Environment)
            variables[name] = value;
        return variables;
    }
}
