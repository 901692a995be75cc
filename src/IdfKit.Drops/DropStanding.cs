namespace IdfKit.Drops;

/// <summary>Whether what lies in the inputs has the results that belong to it.</summary>
public enum DropStanding
{
    /// <summary>It has, or it is nothing that has results.</summary>
    Current,
    /// <summary>It has none.</summary>
    New,
    /// <summary>They are of other content.</summary>
    Changed,
    /// <summary>Its run did not come to its end, and nobody works on it any more.</summary>
    Interrupted,
    /// <summary>A file that it waited for is there now.</summary>
    NoLongerWaits,
    /// <summary>Another program may still be running it: its claim has not run out.</summary>
    HeldByAnother,
    /// <summary>The same content was put again after its run had begun: it, or what it needs, is to be run anew.</summary>
    PutAgain,
}
