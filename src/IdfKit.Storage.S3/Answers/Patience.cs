namespace IdfKit.Storage.S3.Answers;

/// <summary>How long nothing may come before what only reads is asked for again, on another connection.</summary>
internal static class Patience
{
    /// <summary>A third of the call's time, so that the second try has twice as long, as a server needs that is merely slow.</summary>
    public static TimeSpan Of(TimeSpan budget) => budget / 3;
}
