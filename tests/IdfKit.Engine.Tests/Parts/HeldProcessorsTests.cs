using IdfKit.Engine.Running;

namespace IdfKit.Engine.Tests.Parts;

/// <summary>Runs in parts that begin at once do not take the same processors.</summary>
public sealed class HeldProcessorsTests
{
    private const int Many = 100_000; // other tests run beside this one, and count too

    [Fact]
    public void Processors_that_one_run_holds_no_other_gets_until_it_has_ended()
    {
        using (var first = RunningCount.TryHold(Many, Many + 1000))
        {
            Assert.NotNull(first);
            Assert.True(RunningCount.OfProcess >= Many);
            Assert.Null(RunningCount.TryHold(Many, Many + 1000));
            first.Dispose(); // twice is once
        }
        using var second = RunningCount.TryHold(Many, Many + 1000);
        Assert.NotNull(second);
    }

    [Fact]
    public void Process_on_a_held_processor_is_not_counted_twice()
    {
        var running = new RunningCount();
        using var held = RunningCount.TryHold(Many, int.MaxValue);
        List<RunningCount.Leaving> parts = [.. Enumerable.Range(0, Many / 2).Select(_ => running.Enter(isHeld: true))];
        Assert.InRange(RunningCount.OfProcess, Many, Many + 1000);
        foreach (var part in parts) part.Dispose();
        Assert.InRange(RunningCount.OfProcess, Many, Many + 1000);
    }
}
