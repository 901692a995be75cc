using IdfKit.Drops;

namespace IdfKit.Function.Events;

/// <summary>One message of an event: what succeeds or fails together.</summary>
/// <param name="MessageId">Of the SQS message; null otherwise.</param>
/// <param name="Objects">The objects that it tells of.</param>
internal sealed record EnvelopeItem(string? MessageId, IReadOnlyList<DroppedObject> Objects)
{
    /// <summary>What became of the event when it was given up; null for one that is to be run.</summary>
    public DeadLetter? Letter { get; init; }

    /// <summary>Why the message cannot be read.</summary>
    public UnknownEventException? Fault { get; init; }
}
