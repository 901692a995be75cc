namespace IdfKit.Engine.Results;

/// <summary>How soon a modeller should see a message, the first at the top.</summary>
internal enum MessageStanding
{
    /// <summary>Ended the run.</summary>
    Fatal,

    /// <summary>Led to its end.</summary>
    SevereOfFatal,

    /// <summary>The results are those of another place.</summary>
    OtherPlace,

    /// <summary>Severe errors of a run that went on.</summary>
    Severe,

    /// <summary>What was asked for is not among the results.</summary>
    MissingOutput,

    /// <summary>Not harmless, or not known to be.</summary>
    Unknown,

    /// <summary>Known to be harmless.</summary>
    Harmless,
}
