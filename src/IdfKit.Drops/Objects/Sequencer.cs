namespace IdfKit.Drops.Objects;

/// <summary>
/// The order of S3's events for one key: hexadecimal text; the shorter one is padded with zeros on the right, then they are
/// compared as text (Amazon S3 User Guide, "Event message structure", <c>sequencer</c>).
/// </summary>
internal static class Sequencer
{
    /// <summary>Negative when <paramref name="left"/> came first, 0 when they are the same event.</summary>
    public static int Compare(string left, string right)
    {
        var width = Math.Max(left.Length, right.Length);
        return string.CompareOrdinal(left.ToUpperInvariant().PadRight(width, '0'), right.ToUpperInvariant().PadRight(width, '0'));
    }
}
