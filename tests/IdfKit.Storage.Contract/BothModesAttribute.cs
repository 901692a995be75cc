using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace IdfKit.Storage.Contract;

public enum Mode
{
    Async,
    Sync,
}

/// <summary>Runs a test on the asynchronous file system and again on the blocking one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothModesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(Mode.Async), new TheoryDataRow(Mode.Sync)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
