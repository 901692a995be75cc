namespace IdfKit.Storage.Globs;

/// <summary>One piece of a pattern.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Character">The character that <see cref="StepKind.Character"/> takes.</param>
/// <param name="Set">What <see cref="StepKind.Set"/> takes.</param>
internal readonly record struct GlobStep(StepKind Kind, int Character = 0, CharacterSet? Set = null)
{
    /// <summary>Whether the piece may take nothing.</summary>
    public bool IsOptional => Kind is StepKind.Name or StepKind.Anything;

    /// <summary>Whether the piece may take one more character after this one.</summary>
    public bool Repeats => Kind is StepKind.Name or StepKind.Anything or StepKind.FoldersRest;

    /// <summary>Whether the piece takes <paramref name="character"/>.</summary>
    public bool Takes(int character) => Kind switch
    {
        StepKind.Character => character == Character,
        StepKind.AnyCharacter or StepKind.Name => character != '/',
        StepKind.Set => Set!.Takes(character),
        _ => true,
    };
}

internal enum StepKind
{
    /// <summary>One certain character.</summary>
    Character,

    /// <summary><c>?</c>.</summary>
    AnyCharacter,

    /// <summary><c>[…]</c>.</summary>
    Set,

    /// <summary><c>*</c>.</summary>
    Name,

    /// <summary><c>**</c>.</summary>
    Anything,

    /// <summary><c>**/</c> at the start of a segment: nothing, or <see cref="FoldersRest"/>, which follows.</summary>
    Folders,

    /// <summary>Any text that ends with <c>/</c>.</summary>
    FoldersRest,
}
