using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Serialization.SystemTextJson.Converters;

namespace Amazon.Lambda.Serialization.SystemTextJson;

public abstract class AbstractLambdaJsonSerializer
{
    private readonly JsonWriterOptions _writerOptions;

    private protected AbstractLambdaJsonSerializer(Action<JsonWriterOptions>? writerCustomizer)
    {
        // The escape-everything default would triple a non-ASCII key.
        _writerOptions = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        writerCustomizer?.Invoke(_writerOptions);
    }

    private protected abstract JsonTypeInfo<T> TypeInfo<T>();

    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, _writerOptions);
            JsonSerializer.Serialize(writer, response, TypeInfo<T>());
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JsonSerializerException($"Writing the handler's {typeof(T).Name} as JSON failed: {e.Message}", e);
        }
    }

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize(requestStream, TypeInfo<T>())!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JsonSerializerException($"Reading the event as {typeof(T).Name} failed: {e.Message}", e);
        }
    }

    private protected static JsonSerializerOptions DefaultOptions() => new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = new AwsNamingPolicy(),
        Converters = { new DateTimeConverter(), new MemoryStreamConverter() },
    };
}
