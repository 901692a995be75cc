using System.Collections;

using IdfKit.Runs;

namespace IdfKit.Lambda;

/// <summary>The function's environment, read once at start. Every variable is described in <c>docs/configuration.md</c>.</summary>
internal sealed record FunctionOptions
{
    public RunSettings Runs { get; private init; } = new();
    public Uri? S3Endpoint { get; private init; }
    public string? Region { get; private init; }
    public string? EnergyPlusDirectory { get; private init; }

    /// <summary>Names that begin with IDFKIT_ and mean nothing here: misspelt, most likely.</summary>
    public IReadOnlyList<string> UnknownVariables { get; private init; } = [];

    /// <exception cref="FunctionStartException">A variable holds what it cannot; the message names it.</exception>
    public static FunctionOptions FromEnvironment(IDictionary variables)
    {
        string? Text(string name) => variables[name] as string is { } value && value.Trim().Length > 0 ? value.Trim() : null;

        Uri? Url(string name) => Text(name) is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new FunctionStartException($"{name} is '{text}'; it must be an http or https URL.");

        RunSettings runs;
        try { runs = RunVariables.Read(variables); }
        catch (ArgumentException e) { throw new FunctionStartException(e.Message); }
        return new()
        {
            Runs = runs,
            S3Endpoint = Url("AWS_ENDPOINT_URL_S3") ?? Url("AWS_ENDPOINT_URL"),
            Region = Text("AWS_REGION") ?? Text("AWS_DEFAULT_REGION"),
            EnergyPlusDirectory = Text("ENERGYPLUS_DIR"),
            UnknownVariables = RunVariables.UnknownOf(variables),
        };
    }
}

/// <summary>The function cannot start as it is configured.</summary>
internal sealed class FunctionStartException(string message) : Exception(message);
