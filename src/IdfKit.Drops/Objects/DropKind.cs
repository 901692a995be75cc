namespace IdfKit.Drops.Objects;

/// <summary>What a dropped object is by its key: what is run, what is answered, and what is only logged.</summary>
internal abstract record DropKind
{
    private DropKind()
    {
    }

    /// <summary>Whether the drop ends in a record.</summary>
    internal bool IsAnswered => this is Model or Bundle or MistakenModel;

    /// <summary>Whether it may be what a rejected model waits for.</summary>
    internal bool MayBeAwaited => this is Companion or JobFile or MistakenModel;

    /// <summary>One model: <c>.idf</c> or <c>.epJSON</c>.</summary>
    internal sealed record Model : DropKind;

    /// <summary>A <c>.zip</c> with one model and what it needs.</summary>
    internal sealed record Bundle : DropKind;

    /// <summary>
    /// A file that was clearly meant as a model and cannot be run. Its object is not read: its key may be none that can
    /// be.
    /// </summary>
    /// <param name="Reason">For the record.</param>
    /// <param name="Sentence">Why, and what to do.</param>
    internal sealed record MistakenModel(string Reason, string Sentence) : DropKind;

    /// <summary>A study: <c>.study.csv</c> or <c>.study.json</c>.</summary>
    internal sealed record Study : DropKind;

    /// <summary>How one model is to be run; it may be what a rejected model waits for.</summary>
    internal sealed record JobFile : DropKind;

    /// <summary>Any other file under the input prefix; it may be what a rejected model waits for.</summary>
    internal sealed record Companion : DropKind;

    /// <summary>A model that the function's deadline stopped, handed over.</summary>
    internal sealed record Note : DropKind;

    /// <summary>What this function has nothing to do with.</summary>
    /// <param name="Why">One sentence for the log.</param>
    internal sealed record Outside(string Why) : DropKind;
}
