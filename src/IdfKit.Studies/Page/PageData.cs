using System.Buffers;
using System.Globalization;
using System.Text.Json;

using IdfKit.Engine;

namespace IdfKit.Studies.Page;

/// <summary>The rows of a page for its script, column by column, as compact JSON in ASCII without any sign of markup.</summary>
internal static class PageData
{
    private const int LongestText = 200, MostWords = 256;

    public static ReadOnlySpan<byte> Json(PageContent content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteSentences(json);
        WriteTexts(json, "names", content.Names);
        json.WriteStartObject("status");
        WriteWords(json, Coded(content.Statuses), json.WriteStringValue);
        json.WriteEndObject();
        WriteNumber(json, "figure", content.Figure);
        WriteNumber(json, "base", content.Base);
        json.WriteStartArray("shown");
        foreach (var column in content.Shown) json.WriteNumberValue(column);
        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (var column in content.Columns) Write(json, column);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter json, PageColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("label", column.Label.Label);
        if (column.Label.Owner is { } owner) json.WriteString("of", owner);
        if (column.Label.Unit is { } unit) json.WriteString("unit", unit);
        json.WriteString("role", column.Role switch { ColumnRole.Parameter => "parameter", ColumnRole.Figure => "figure", _ => "other" });
        if (column.Role is not ColumnRole.Parameter && !column.IsText) json.WriteNumber("decimals", column.Decimals);
        if (column.IsLessBetter) json.WriteBoolean("less", true);
        if (column.Texts is { } texts)
        {
            json.WriteBoolean("text", true);
            if (column.IsSame) json.WriteBoolean("same", true);
            var coded = column.IsSame ? Coded(texts.Take(1)) : Coded(texts);
            WriteWords(json, coded, word => json.WriteStringValue(OneLine.Of(word, LongestText)));
        }
        else
        {
            WriteNumbers(json, column, column.Numbers!);
        }
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, PageColumn column, double[] numbers)
    {
        // What a file sets stays as it is; of results six digits are more than anybody sees.
        var format = column.Role is ColumnRole.Parameter ? "R" : "G6";
        if (column.IsSame) json.WriteBoolean("same", true);
        if (column.IsSame || (column.Distinct <= MostWords && column.Distinct * 4 <= numbers.Length))
        {
            var known = numbers.Take(column.IsSame ? 1 : numbers.Length);
            WriteWords(json, Coded(known.Select(number => double.IsNaN(number) ? (double?)null : number)), WriteDigits);
            return;
        }
        json.WriteStartArray("values");
        foreach (var number in numbers) WriteDigits(number);
        json.WriteEndArray();

        void WriteDigits(double number)
        {
            if (!double.IsFinite(number))
            {
                json.WriteNullValue();
                return;
            }
            Span<byte> digits = stackalloc byte[32];
            number.TryFormat(digits, out var length, format, CultureInfo.InvariantCulture);
            json.WriteRawValue(digits[..length], skipInputValidation: true);
        }
    }

    /// <summary>The different values in the order in which they come, and which one each row has; -1: none.</summary>
    private static (IReadOnlyList<T> Words, IReadOnlyList<int> At) Coded<T>(IEnumerable<T?> values)
        where T : struct => Coded(values, value => value is not null, value => value!.Value);

    private static (IReadOnlyList<string> Words, IReadOnlyList<int> At) Coded(IEnumerable<string?> values) =>
        Coded(values, value => value is not null, value => value!);

    private static (IReadOnlyList<TWord> Words, IReadOnlyList<int> At) Coded<T, TWord>(
        IEnumerable<T> values, Func<T, bool> isThere, Func<T, TWord> wordOf)
        where TWord : notnull
    {
        var codes = new Dictionary<TWord, int>();
        List<TWord> words = [];
        List<int> at = [];
        foreach (var value in values)
        {
            if (!isThere(value))
            {
                at.Add(-1);
                continue;
            }
            var word = wordOf(value);
            if (codes.TryAdd(word, words.Count)) words.Add(word);
            at.Add(codes[word]);
        }
        return (words, at);
    }

    private static void WriteWords<T>(Utf8JsonWriter json, (IReadOnlyList<T> Words, IReadOnlyList<int> At) coded, Action<T> write)
    {
        json.WriteStartArray("words");
        foreach (var word in coded.Words) write(word);
        json.WriteEndArray();
        json.WriteStartArray("at");
        foreach (var code in coded.At) json.WriteNumberValue(code);
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } whole) json.WriteNumber(name, whole);
        else json.WriteNull(name);
    }

    private static void WriteSentences(Utf8JsonWriter json)
    {
        json.WriteStartObject("say");
        foreach (var (name, sentence) in StudySentences.OfScript) json.WriteString(name, sentence);
        json.WriteEndObject();
    }
}
