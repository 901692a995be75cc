namespace IdfKit.Engine.Parts;

/// <summary>Parts have left what cannot be joined; the message is the rest of a sentence.</summary>
internal sealed class PartsUnlikeException(string message) : Exception(message);
