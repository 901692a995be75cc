namespace IdfKit.Studies.Page;

/// <summary>What a column of the page is for.</summary>
internal enum ColumnRole
{
    /// <summary>Something that the study's file sets.</summary>
    Parameter,

    /// <summary>A result that studies are made for.</summary>
    Figure,

    /// <summary>Something else that is known of a run: messages, time.</summary>
    Other,
}

/// <summary>How a column is called on the page.</summary>
/// <param name="Label">What it is: Thickness.</param>
/// <param name="Owner">Whose: the object or class; null: nobody's.</param>
/// <param name="Unit">Of its numbers; null: it is not known.</param>
internal sealed record ColumnLabel(string Label, string? Owner = null, string? Unit = null)
{
    public override string ToString() => Unit is null ? Label : $"{Label}, {Unit}";
}

/// <summary>A column of the page: numbers, with <see cref="double.NaN"/> where nothing stands, or texts.</summary>
internal sealed class PageColumn
{
    private const int MostDistinct = 256, MostDecimals = 6;

    private int? _decimals;

    /// <summary>As the table has it.</summary>
    public required string Name { get; init; }

    public required ColumnLabel Label { get; init; }

    public required ColumnRole Role { get; init; }

    /// <summary>One for each row; null: these are texts.</summary>
    public double[]? Numbers { get; init; }

    /// <summary>One for each row, null where nothing stands; null: these are numbers.</summary>
    public string?[]? Texts { get; init; }

    /// <summary>Whether people want little of it.</summary>
    public bool IsLessBetter { get; init; }

    /// <summary>The column's place in the table, for the digits of its numbers; null: it was worked out.</summary>
    public int? Place { get; init; }

    public bool IsText => Texts is not null;

    /// <summary>How many different values there are, and as many as are counted where there are more.</summary>
    public int Distinct => field != 0 ? field : field = CountDistinct();

    /// <summary>Whether rows differ in it, those apart in which nothing stands.</summary>
    public bool IsVaried => Distinct > 1;

    public bool IsEmpty => Texts?.All(text => text is null) ?? Numbers!.All(double.IsNaN);

    /// <summary>Whether each row has one and the same value.</summary>
    public bool IsSame => !IsVaried && (Texts?.All(text => text is not null) ?? !Numbers!.Any(double.IsNaN));

    /// <summary>With how many decimals its numbers are shown: three digits tell the least from the most.</summary>
    public int Decimals => _decimals ??= CountDecimals();

    private int CountDecimals()
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        var areWhole = true;
        foreach (var number in Numbers!.Where(double.IsFinite))
        {
            (least, most) = (Math.Min(least, number), Math.Max(most, number));
            areWhole = areWhole && number == Math.Floor(number);
        }
        var size = most > least ? most - least : Math.Abs(most);
        if (areWhole || !double.IsFinite(size) || size == 0) return 0;
        return Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, MostDecimals);
    }

    private int CountDistinct()
    {
        if (Texts is not null) return Count(Texts.OfType<string>());
        return Count(Numbers!.Where(number => !double.IsNaN(number)));
    }

    private static int Count<T>(IEnumerable<T> values)
    {
        var seen = new HashSet<T>();
        foreach (var value in values)
            if (seen.Add(value) && seen.Count > MostDistinct) break;
        return seen.Count;
    }
}
