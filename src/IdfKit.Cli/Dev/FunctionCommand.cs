namespace IdfKit.Cli.Dev;

/// <summary>What is started as the function.</summary>
/// <param name="Path">The program.</param>
/// <param name="Arguments">What makes it the function; a <c>bootstrap</c> needs nothing.</param>
internal sealed record FunctionCommand(string Path, IReadOnlyList<string> Arguments)
{
    /// <summary>The first argument that gives this tool its other role (<c>Program.cs</c>).</summary>
    public const string Role = "function";

    public override string ToString() => string.Join(' ', [Path, .. Arguments]);
}
