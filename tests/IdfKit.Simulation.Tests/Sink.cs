namespace IdfKit.Simulation.Tests;

/// <summary>Progress that is told where it happens, not later.</summary>
internal sealed class Sink<T>(Action<T> take) : IProgress<T>
{
    public void Report(T value) => take(value);
}
