namespace IdfKit.Pages.Tests.Browser;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Name">As the name of the picture has it.</param>
/// <param name="Width">Of the window or the paper, in CSS pixels.</param>
/// <param name="IsDark">Whether the system prefers dark colours.</param>
/// <param name="IsPaper">Whether the page is printed.</param>
public sealed record Look(string Name, int Width, bool IsDark = false, bool IsPaper = false)
{
    /// <summary>Narrower than this is a phone: its browser heeds the page's own word on its width.</summary>
    private const int Phone = 600;

    /// <summary>A phone and a desk, light and dark, and A4 paper within margins of a centimetre.</summary>
    public static IReadOnlyList<Look> All { get; } =
    [
        new("light-1200", 1200), new("dark-1200", 1200, IsDark: true),
        new("light-400", 400), new("dark-400", 400, IsDark: true),
        new("print", 718, IsPaper: true),
    ];

    public bool IsPhone => Width < Phone;

    public override string ToString() => Name;
}
