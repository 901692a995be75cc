using System.Text;

using IdfKit.Engine;
using IdfKit.Engine.Models;
using IdfKit.Engine.Preparation;
using IdfKit.Engine.Schemas;

namespace IdfKit.Studies.Variants;

/// <summary>Notes values for the fields of one object of IDF text, as a careful person would write them into the file.</summary>
internal sealed class IdfObjectEdit(Model model, TextEdits edits) : IObjectEdit
{
    private ReadOnlySpan<byte> Text => model.Text.Span;

    public void Note(ModelObject item, ClassSchema schema, IReadOnlyDictionary<int, FieldValue> values)
    {
        foreach (var (at, value) in values)
            if (at < item.FieldCount) Replace(item.PlaceOf(at), value.Text);
        var last = values.Keys.Max();
        if (last < item.FieldCount) return;
        var added = Enumerable.Range(item.FieldCount, last + 1 - item.FieldCount)
            .Select(at => (schema.LabelAt(at), values.TryGetValue(at, out var value) ? value.Text : ""))
            .ToList();
        Append(item, added);
    }

    public int GroupsOf(ModelObject item, ClassSchema schema)
    {
        var size = schema.GroupFields.Count;
        return size == 0 ? 0 : Math.Max(0, (item.FieldCount - schema.Fields.Count + size - 1) / size);
    }

    /// <summary>A value stands in the place of another; where none stood, before the separator.</summary>
    public void Replace(FieldPlace place, string value)
    {
        var text = Text;
        var end = EndOfPiece(place.Start, place.End);
        edits.Replace(place.Start, end, value);
        // A value may go on behind a line end and a comment, which stay.
        for (var next = IdfFields.SkipBlank(text, end, place.End); next < place.End; next = IdfFields.SkipBlank(text, end, place.End))
        {
            end = EndOfPiece(next, place.End);
            edits.Replace(next, end, "");
        }
    }

    /// <summary>Where the part of a value ends that stands in one line.</summary>
    private int EndOfPiece(int start, int end)
    {
        var cut = Text[start..end].IndexOfAny("!\r\n"u8);
        return start + Text[start..(cut < 0 ? end : start + cut)].TrimEnd(" \t\f\v\u001a\r\n"u8).Length;
    }

    private void Append(ModelObject item, List<(string? Label, string Value)> added)
    {
        if (item.FieldCount == 0)
        {
            edits.Insert(item.Place.Body, "," + string.Join(',', added.Select(field => field.Value)));
            return;
        }
        var last = item.PlaceOf(item.FieldCount - 1);
        if (IsOfLines(item, last)) AppendLines(last, added);
        else AppendToLine(item, last, added);
    }

    /// <summary>Whether the object has its fields in lines of their own, and nothing but a comment follows its semicolon.</summary>
    private bool IsOfLines(ModelObject item, FieldPlace last)
    {
        if (last.End >= Text.Length) return false; // the semicolon lacks
        var isOneLine = IdfFields.EndOfLine(Text, item.Place.Offset) == IdfFields.EndOfLine(Text, last.End);
        var rest = Text[(last.End + 1)..IdfFields.EndOfLine(Text, last.End)].TrimStart(" \t"u8);
        return !isOneLine && (rest.IsEmpty || rest[0] == '!');
    }

    private void AppendToLine(ModelObject item, FieldPlace last, List<(string? Label, string Value)> added)
    {
        var before = item.FieldCount > 1 ? item.PlaceOf(item.FieldCount - 2).End : item.Place.Body;
        var gap = last.Start > before + 1 && Text[before + 1] == ' ' ? ", " : ",";
        var written = string.Concat(added.Select(field => field.Value.Length > 0 ? gap + field.Value : ","));
        edits.Insert(last.End < Text.Length ? last.End : EndOfPiece(last.Start, last.End), written);
    }

    private void AppendLines(FieldPlace last, List<(string? Label, string Value)> added)
    {
        var start = Text[..last.End].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var line = Encoding.UTF8.GetString(Text[start..IdfFields.EndOfLine(Text, last.End)]);
        var indent = line[..^line.TrimStart(' ', '\t').Length];
        var comment = line.IndexOf("!-", StringComparison.Ordinal);
        var lines = new StringBuilder();
        foreach (var (index, (label, value)) in added.Index())
        {
            var field = indent + value + (index < added.Count - 1 ? "," : ";");
            lines.Append(LineEnd(start)).Append(field);
            if (comment >= 0 && label is not null) lines.Append(' ', Math.Max(2, comment - field.Length)).Append("!- ").Append(label);
        }
        edits.Replace(last.End, last.End + 1, ",");
        edits.Insert(IdfFields.EndOfLine(Text, last.End), lines.ToString());
    }

    /// <summary>As the line before this one ends.</summary>
    private string LineEnd(int start) => Text[..start] switch
    {
        [.., (byte)'\r', (byte)'\n'] => "\r\n",
        [.., (byte)'\r'] => "\r",
        _ => "\n",
    };
}
