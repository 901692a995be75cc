using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;

namespace IdfKit.Studies.Variants;

/// <summary>Notes values for the fields of one object of epJSON, as a careful person would write them into the file.</summary>
internal sealed class EpJsonObjectEdit(Model model, TextEdits edits) : IObjectEdit
{
    private ReadOnlySpan<byte> Text => model.Text.Span;

    public void Note(ModelObject item, ClassSchema schema, IReadOnlyDictionary<int, FieldValue> values)
    {
        var fields = values.Values.Where(value => value.Address.Group is null).ToList();
        var groups = values.Values.Where(value => value.Address.Group is not null).ToList();
        if (schema.HasName && fields.FindIndex(value => value.Address.Field.Key == ClassSchema.NameKey) is >= 0 and var name)
        {
            Rename(item, fields[name].Text);
            fields.RemoveAt(name);
        }
        var added = SetMembers(item.Place.Body, fields);
        if (groups.Count > 0) added.AddRange(SetGroups(item.Place.Body, schema.GroupsKey!, groups));
        AppendMembers(item.Place.Body, added);
    }

    public int GroupsOf(ModelObject item, ClassSchema schema) => ItemsOf(item.Place.Body, schema.GroupsKey).Items.Count;

    /// <summary>The groups of an object, and where their array stands; -1: there is none.</summary>
    private (int Array, List<(int Start, int End)> Items) ItemsOf(int brace, string? key)
    {
        foreach (var member in JsonObjectText.MembersAt(Text, brace))
            if (member.Key.Equals(key, StringComparison.OrdinalIgnoreCase) && Text[member.Start] == '[')
                return (member.Start, JsonObjectText.ItemsAt(Text, member.Start));
        return (-1, []);
    }

    /// <summary>Sets what is there; what is not is to be added.</summary>
    private List<(string Key, string Json)> SetMembers(int brace, List<FieldValue> values)
    {
        var members = JsonObjectText.MembersAt(Text, brace);
        List<(string Key, string Json)> lacking = [];
        foreach (var value in values)
        {
            var key = value.Address.Field.Key;
            var at = members.FindIndex(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (at >= 0) edits.Replace(members[at].Start, members[at].End, JsonOf(value));
            else lacking.Add((key, JsonOf(value)));
        }
        return lacking;
    }

    private List<(string Key, string Json)> SetGroups(int brace, string key, List<FieldValue> values)
    {
        var (array, items) = ItemsOf(brace, key);
        List<string> added = [];
        foreach (var group in values.GroupBy(value => value.Address.Group!.Value))
        {
            if (group.Key >= items.Count) added.Add(GroupText(items, group));
            else AppendMembers(items[group.Key].Start, SetMembers(items[group.Key].Start, [.. group]));
        }
        if (added.Count == 0) return [];
        if (array < 0) return [(key, $"[{string.Join(", ", added)}]")];
        var gap = items.Count > 0 ? JsonObjectText.GapBefore(Text, items[^1].Start) : "";
        var text = string.Join("," + gap, added);
        edits.Insert(items.Count > 0 ? items[^1].End : array + 1, items.Count > 0 ? "," + gap + text : text);
        return [];
    }

    /// <summary>A group of its own, written as the last one is.</summary>
    private string GroupText(List<(int Start, int End)> items, IEnumerable<FieldValue> values)
    {
        var pairs = values.Select(value => (value.Address.Field.Key, Json: JsonOf(value))).ToList();
        var members = items.Count > 0 ? JsonObjectText.MembersAt(Text, items[^1].Start) : [];
        if (members.Count == 0) return $"{{{string.Join(", ", pairs.Select(pair => $"\"{pair.Key}\": {pair.Json}"))}}}";
        var (first, last) = (JsonObjectText.GapBefore(Text, members[0].KeyStart), JsonObjectText.GapBefore(Text, items[^1].End - 1));
        var next = members.Count > 1 ? JsonObjectText.GapBefore(Text, members[1].KeyStart) : first.Length > 0 ? first : " ";
        return "{" + first + string.Join("," + next, pairs.Select(pair => $"\"{pair.Key}\"{Colon(members[0])}{pair.Json}")) + last + "}";
    }

    private void AppendMembers(int brace, List<(string Key, string Json)> added)
    {
        if (added.Count == 0) return;
        var members = JsonObjectText.MembersAt(Text, brace);
        if (members.Count == 0)
        {
            edits.Insert(brace + 1, string.Join(", ", added.Select(pair => $"\"{pair.Key}\": {pair.Json}")));
            return;
        }
        var last = members[^1];
        var gap = JsonObjectText.GapBefore(Text, last.KeyStart);
        if (gap.Length == 0 && members.Count == 1 && Colon(last).Length > 1) gap = " ";
        edits.Insert(last.End, string.Concat(added.Select(pair => $",{gap}\"{pair.Key}\"{Colon(last)}{pair.Json}")));
    }

    /// <summary>The colon of a member with the blanks around it.</summary>
    private string Colon(JsonMember member)
    {
        var before = Text[..member.Start].TrimEnd(": \t\r\n"u8).Length;
        var written = Encoding.ASCII.GetString(Text[before..member.Start]);
        return written.Length > 3 || written.Contains('\n', StringComparison.Ordinal) ? ": " : written;
    }

    private void Rename(ModelObject item, string name)
    {
        var start = item.Place.Offset;
        var reader = new Utf8JsonReader(Text[start..], isFinalBlock: false, default);
        reader.Read();
        edits.Replace(start, start + (int)reader.BytesConsumed, Quote(name));
    }

    private static string JsonOf(FieldValue value)
    {
        var field = value.Address.Field;
        if (field.TakesNumbers && NumberText.Read(value.Text) is { } number)
            return field.IsInteger ? number.ToString("F0", CultureInfo.InvariantCulture) : NumberText.Json(value.Text);
        // EnergyPlus 25.2 takes a choice in epJSON only as its schema spells it, and in IDF in any case.
        var choice = field.Choices.FirstOrDefault(one => !field.TakesText && one.Equals(value.Text, StringComparison.OrdinalIgnoreCase));
        return Quote(choice ?? value.Text);
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
