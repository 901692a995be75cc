namespace IdfKit.Drops.Claims;

/// <summary>Another run has taken the claim while this one wrote its results: it is to stop, and is no failure.</summary>
internal sealed class ClaimLostException() : Exception("Another run has taken over.");
