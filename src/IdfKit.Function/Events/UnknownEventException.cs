namespace IdfKit.Function.Events;

/// <summary>The event is none that the function takes.</summary>
internal sealed class UnknownEventException(string message) : Exception(message);
