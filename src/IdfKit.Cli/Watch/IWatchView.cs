namespace IdfKit.Cli.Watch;

/// <summary>Shows how a place changes.</summary>
internal interface IWatchView
{
    /// <param name="state">How things stand.</param>
    /// <param name="changed">What has changed since the last look; of the first one nothing.</param>
    /// <param name="rest">How long it will take; null: not known.</param>
    void Show(WatchState state, IReadOnlyList<WatchedRun> changed, TimeSpan? rest);

    /// <summary>Leaves the screen to what is said next.</summary>
    void End();
}
