namespace IdfKit.Cli;

/// <summary>What was named on the command line cannot be.</summary>
internal sealed class AddressException(string message) : Exception(message);

/// <summary>A command cannot do what it was asked for.</summary>
internal sealed class CommandException(string message) : Exception(message);
