namespace IdfKit.Drops.Studies;

/// <summary>Asks for rows of a study to be run, one after another.</summary>
internal record RowsCall
{
    public IReadOnlyList<CalledRow> Rows { get; init => field = value ?? []; } = [];

    /// <summary>Where the results go: <c>s3://bucket/folder/</c>.</summary>
    public required string Study { get; init; }

    /// <summary>The plan that these rows are of.</summary>
    public string? Plan { get; init; }

    public int Ticket { get; init; }
    public string? Execution { get; init; }
}

/// <summary>A row as a call hands it over.</summary>
/// <param name="N">Its number, from 1.</param>
/// <param name="Name">Its name.</param>
internal sealed record CalledRow(int N, string Name)
{
    /// <summary>What it sets, by heading, numbers with a point.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init => field = value ?? Empty; } = Empty;

    /// <summary>Its weather, relative to the study's folder; null: as its base would run.</summary>
    public string? Weather { get; init; }

    /// <summary>SHA-256 of all that its run depended on when it was planned; null: nobody has planned it.</summary>
    public string? Identity { get; init; }

    private static Dictionary<string, string> Empty { get; } = [];
}

/// <summary>The same call with what is left of it.</summary>
internal sealed record RowsAnswer : RowsCall
{
    public int Left { get; init; }

    /// <summary>After how many seconds the call is to be made again, when rows are left.</summary>
    public int Wait { get; init; }

    /// <summary><c>ran</c> or <c>superseded</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How many of the rows have ended, by their status.</summary>
    public IReadOnlyDictionary<string, int> Ended { get; init; } = new Dictionary<string, int>();
}
