namespace IdfKit.Storage.S3;

/// <summary>Whether the SDK adds checksums of its own to requests and checks those of answers.</summary>
public enum S3Checksums
{
    /// <summary>
    /// <see cref="WhenSupported"/> on AWS itself, <see cref="WhenRequired"/> with an endpoint URL: many compatible
    /// servers refuse the others.
    /// </summary>
    Default,

    /// <summary>Only where the protocol demands one.</summary>
    WhenRequired,

    /// <summary>Wherever the protocol allows one.</summary>
    WhenSupported,
}
