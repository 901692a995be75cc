using System.Text;
using System.Text.Unicode;

using IdfKit.Engine.Models;

namespace IdfKit.Studies.Files;

/// <summary>The text of a study's file: UTF-8, UTF-16 with a mark, or Windows-1252.</summary>
internal static class StudyText
{
    public const int MostBytes = 50_000_000;

    /// <summary>The text without a mark; null, with a fault, when it is none.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, FaultList faults)
    {
        if (bytes.Length > MostBytes) return Refuse(StudySentences.FileTooLarge(MostBytes / 1_000_000));
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..]) return Refuse(StudySentences.Workbook);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) bytes = Utf16.Read(bytes);
        else if (!Utf8.IsValid(bytes)) bytes = LegacyLines.ToUtf8(bytes);
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.Contains((byte)0)) return Refuse(StudySentences.NoText);
        return Encoding.UTF8.GetString(bytes);

        string? Refuse(string sentence)
        {
            faults.Add(sentence);
            return null;
        }
    }
}
