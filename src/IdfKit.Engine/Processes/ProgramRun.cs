namespace IdfKit.Engine;

/// <summary>A short run of a program that comes with EnergyPlus, under the same rules as EnergyPlus itself.</summary>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">The end of what it printed.</param>
/// <param name="HasTimedOut">Whether it was killed because its time was over.</param>
internal sealed record ProgramRun(ChildExit Exit, string Output, bool HasTimedOut)
{
    /// <exception cref="EnergyPlusException">Broken or CannotStart.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the program and all that it started are gone by then.</exception>
    public static async Task<ProgramRun> RunAsync(ChildStart start, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var output = new OutputTail();
        IChild child = OperatingSystem.IsLinux() ? await LinuxChild.StartAsync(start, output.Append).ConfigureAwait(false) : PortableChild.Start(start, output.Append);
        using var deadline = new CancellationTokenSource(timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        ChildExit exit;
        var stopping = stop.Token.Register(child.Stop);
        await using (stopping.ConfigureAwait(false)) exit = await child.Completion.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new(exit, output.ToString(), exit.ExitCode != 0 && deadline.IsCancellationRequested);
    }
}
