using System.Text.Unicode;

using IdfKit.Engine.Models;

namespace IdfKit.Studies.Variants;

/// <summary>
/// Finds places of a text in the file that it was converted from, line by line: each asked for lies behind the one before.
/// </summary>
internal sealed class LegacyPlaces
{
    private int _file, _text, _length = -1;

    /// <summary>Whether the line of the place that was asked for last is Windows-1252, and no UTF-8.</summary>
    public bool IsLegacyLine { get; private set; }

    /// <summary>The place in the file of a place in the text.</summary>
    public int InFile(ReadOnlySpan<byte> file, int place)
    {
        for (; ; _text += SizeInText(file), _file += _length)
        {
            _length = Math.Min(file.Length - _file, IdfFields.EndOfLine(file[_file..], 0) + 1);
            IsLegacyLine = !Utf8.IsValid(file.Slice(_file, _length));
            if (place < _text + SizeInText(file) || _file + _length >= file.Length) break;
        }
        if (!IsLegacyLine) return _file + (place - _text);
        var at = _file;
        for (var size = _text; size < place; at++) size += LegacyLines.SizeInUtf8(file[at]);
        return at;
    }

    private int SizeInText(ReadOnlySpan<byte> file)
    {
        if (!IsLegacyLine) return _length;
        var size = 0;
        foreach (var value in file.Slice(_file, _length)) size += LegacyLines.SizeInUtf8(value);
        return size;
    }
}
