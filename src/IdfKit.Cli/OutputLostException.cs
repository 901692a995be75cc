namespace IdfKit.Cli;

/// <summary>What the tool says has nowhere to go.</summary>
/// <param name="why">As the system says it.</param>
internal sealed class OutputLostException(string why)
    : Exception($"the output cannot be written ({why.TrimEnd('.')}); direct it to where there is room.");
