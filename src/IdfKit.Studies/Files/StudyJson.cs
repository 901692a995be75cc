using System.Text.Json;

using IdfKit.Studies.Sampling;

namespace IdfKit.Studies.Files;

/// <summary>Reads a study out of JSON: parameters with their values, and how these are combined.</summary>
internal sealed class StudyJson(FaultList faults)
{
    private const string Weather = "weather";

    private static readonly string[] Members = ["parameters", "combine", "rows", "seed", Weather];
    private static readonly string[] Ways = ["grid", "rows", "sample"];

    private readonly List<(string Heading, string?[] Values)> _parameters = [];
    private string _combine = "grid";
    private int? _rows;
    private int _seed = 1;

    /// <summary>The table; null, with a fault, when the file holds none.</summary>
    public static RawTable? Read(string text, FaultList faults) => new StudyJson(faults).Read(text);

    private RawTable? Read(string text)
    {
        try
        {
            var lenient = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            using var document = JsonDocument.Parse(text, lenient);
            ReadMembers(document.RootElement);
        }
        catch (JsonException e)
        {
            faults.Add(StudySentences.BrokenJson((e.LineNumber ?? 0) + 1));
        }
        catch (InvalidOperationException)
        {
            faults.Add(StudySentences.BrokenEscape); // a half of a pair of escapes is no character
        }
        if (!faults.IsEmpty) return null;
        if (_parameters.Count == 0) return Refuse(StudySentences.NoParameters);
        if (_parameters.Count > RawTable.MostColumns) return Refuse(StudySentences.TooManyColumns(_parameters.Count, RawTable.MostColumns));
        return _combine switch
        {
            "rows" => RowByRow(),
            "sample" => Sample(),
            _ => Grid(),
        };
    }

    private void ReadMembers(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            faults.Add(StudySentences.JsonIsNoObject);
            return;
        }
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "parameters" when member.Value.ValueKind is JsonValueKind.Object:
                    foreach (var parameter in member.Value.EnumerateObject()) AddParameter(parameter.Name, parameter.Value);
                    break;
                case Weather:
                    AddParameter(Weather, member.Value);
                    break;
                case "combine" when member.Value.ValueKind is JsonValueKind.String && Ways.Contains(member.Value.GetString()):
                    _combine = member.Value.GetString()!;
                    break;
                case "rows" when Whole(member.Value) is > 0 and var rows:
                    _rows = rows;
                    break;
                case "seed" when Whole(member.Value) is { } seed:
                    _seed = seed;
                    break;
                default:
                    faults.Add(Members.Contains(member.Name)
                        ? StudySentences.BadMember(member.Name)
                        : StudySentences.UnknownMember(member.Name, Runs.Spelling.Nearest(member.Name, Members)));
                    break;
            }
        }
    }

    private void AddParameter(string heading, JsonElement list)
    {
        var values = list.ValueKind is JsonValueKind.Array ? list.EnumerateArray().ToList() : [list];
        if (values.Count == 0) faults.Add(null, heading, StudySentences.NoValues(heading));
        else if (values.Exists(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
            faults.Add(null, heading, StudySentences.NoValue(heading));
        else _parameters.Add((heading, [.. values.Select(TextOf)]));
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString()!.Trim() is { Length: > 0 } text ? text : null,
        _ => value.GetRawText(),
    };

    private static int? Whole(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var whole) ? whole : null;

    /// <summary>Every combination; the last parameter changes first.</summary>
    private RawTable? Grid()
    {
        if (Combinations is not { } count) return Refuse(StudySentences.TooManyRows(RawTable.MostRows));
        return Table(Enumerable.Range(0, count).Select(ValuesAt));
    }

    /// <summary>The first values of all parameters, then the second ones.</summary>
    private RawTable? RowByRow()
    {
        var count = _parameters.Max(parameter => parameter.Values.Length);
        if (count > RawTable.MostRows) return Refuse(StudySentences.TooManyRows(RawTable.MostRows));
        var other = _parameters.FindIndex(parameter => parameter.Values.Length != count && parameter.Values.Length != 1);
        if (other >= 0)
            return Refuse(StudySentences.UnequalLists(_parameters[other].Heading, _parameters[other].Values.Length, count));
        return Table(Enumerable.Range(0, count)
            .Select(row => _parameters.Select(parameter => parameter.Values[parameter.Values.Length == 1 ? 0 : row])));
    }

    /// <summary>So many combinations, spread evenly; each once.</summary>
    private RawTable? Sample()
    {
        if (_rows is not { } rows) return Refuse(StudySentences.SampleWithoutRows);
        if (rows > RawTable.MostRows) return Refuse(StudySentences.TooManyRows(RawTable.MostRows));
        if (Combinations is { } all && rows > all) return Refuse(StudySentences.SampleTooLarge(rows, all));
        var sequence = new SobolSequence(_parameters.Count, _seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<IEnumerable<string?>> found = [];
        // Points fall into the same combination more and more often as it fills up; then the grid's own order completes it.
        for (var tries = 0; found.Count < rows && tries < rows * 16L; tries++) Take([.. sequence.Next().Select(IndexOf)]);
        for (var at = 0; found.Count < rows; at++) Take(IndexesAt(at));
        return Table(found);

        int IndexOf(double point, int parameter) => (int)(point * _parameters[parameter].Values.Length);

        void Take(int[] indexes)
        {
            if (seen.Add(string.Join(',', indexes))) found.Add(indexes.Select((index, parameter) => _parameters[parameter].Values[index]));
        }
    }

    /// <summary>How many combinations there are; null: more than a study may have.</summary>
    private int? Combinations
    {
        get
        {
            var count = 1L;
            foreach (var (_, values) in _parameters)
                if ((count *= values.Length) > RawTable.MostRows) return null;
            return (int)count;
        }
    }

    private IEnumerable<string?> ValuesAt(int combination) =>
        IndexesAt(combination).Select((index, parameter) => _parameters[parameter].Values[index]);

    private int[] IndexesAt(int combination)
    {
        var indexes = new int[_parameters.Count];
        for (var parameter = _parameters.Count - 1; parameter >= 0; parameter--)
            (combination, indexes[parameter]) = Math.DivRem(combination, _parameters[parameter].Values.Length);
        return indexes;
    }

    private RawTable Table(IEnumerable<IEnumerable<string?>> rows) =>
        new([.. _parameters.Select(parameter => parameter.Heading)], [.. rows.Select((values, at) => new RawRow(at + 1, [.. values]))]);

    private RawTable? Refuse(string sentence)
    {
        faults.Add(sentence);
        return null;
    }
}
