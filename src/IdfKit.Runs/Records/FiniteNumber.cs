using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Runs.Records;

/// <summary>A number of a record: 1e999 is none, for nobody could write it again.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number) throw new JsonException();
        var number = reader.GetDouble();
        return double.IsFinite(number) ? number : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
