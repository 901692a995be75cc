namespace IdfKit.Storage.Contract;

/// <summary>Names the rules of docs/storage-contract.md that a test proves; a test checks that every rule has one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuleAttribute(params string[] rules) : Attribute
{
    public IReadOnlyList<string> Rules { get; } = rules;
}
