namespace IdfKit.Cli;

/// <summary>What was named on the command line cannot be.</summary>
internal sealed class AddressException(string message) : Exception(message);
