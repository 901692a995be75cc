namespace IdfKit.Runs;

/// <summary>The run that made results which another one has taken over.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Bucket">The bucket of its model.</param>
/// <param name="Key">The key of its model.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record RunOrigin(string RunId, string Bucket, string Key, DateTimeOffset StartedAt);
