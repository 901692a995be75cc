namespace IdfKit.Function.Events;

/// <summary>How an event is answered.</summary>
internal enum EnvelopeKind
{
    /// <summary>Nobody reads the answer; a failure is retried whole.</summary>
    Notification,
    /// <summary>The answer names the messages that are to come again.</summary>
    Queue,
    /// <summary>The answer is the record.</summary>
    Direct,
}
