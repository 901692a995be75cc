namespace IdfKit.Runs.Records;

/// <summary>What bounded a run: <see cref="RunReason.Timeout"/> or <see cref="RunReason.Deadline"/>, and how long that was.</summary>
internal readonly record struct RunLimit(string Reason, TimeSpan Duration);
