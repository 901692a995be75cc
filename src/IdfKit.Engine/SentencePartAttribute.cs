namespace IdfKit.Engine;

/// <summary>Marks what stands among sentences and is only a part of one.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Property)]
internal sealed class SentencePartAttribute : Attribute;
