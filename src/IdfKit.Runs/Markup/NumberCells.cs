namespace IdfKit.Runs.Markup;

/// <summary>Columns of numbers, whose digits stand below each other.</summary>
internal static class NumberCells
{
    /// <summary>The heads of some columns.</summary>
    public static void WriteHeads(HtmlWriter html, params IEnumerable<string> heads)
    {
        foreach (var head in heads) html.Write($"""<th scope="col" class="n">{head}</th>""");
    }

    /// <summary>The cells of a row.</summary>
    public static void Write(HtmlWriter html, params IEnumerable<string?> numbers)
    {
        foreach (var number in numbers) html.Write($"""<td class="n">{number}</td>""");
    }
}
