namespace IdfKit.Cli;

/// <summary>A command cannot do what it was asked for.</summary>
internal sealed class CommandException(string message) : Exception(message);
