namespace IdfKit.Cli.Retry;

/// <summary>What <c>idfkit retry</c> was asked for.</summary>
/// <param name="IsDry">Nothing is put.</param>
/// <param name="Watches">The runs are watched until they have ended.</param>
/// <param name="IsJson">JSON is printed.</param>
internal sealed record RetryOptions(bool IsDry, bool Watches, bool IsJson);
