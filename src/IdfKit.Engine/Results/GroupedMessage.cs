namespace IdfKit.Engine.Results;

/// <summary>Messages of one kind, with the object that the first of them names: its class and its name, as the message has them.</summary>
internal sealed record GroupedMessage(MessageGroup Group, (string ClassName, string Name)? Subject);
