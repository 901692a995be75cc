using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace IdfKit.Drops.Jobs;

/// <summary><c>office.job.json</c> beside <c>office.idf</c>: how this one model is to be run.</summary>
internal sealed partial record JobFile
{
    private const int MostLabelCharacters = 256, MostTags = 10;

    public string? Weather { get; init; }
    public bool? Annual { get; init; }
    public bool? DesignDay { get; init; }
    public bool? ExpandObjects { get; init; }
    public bool? Readvars { get; init; }
    public double? TimeoutSeconds { get; init; }
    public IReadOnlyList<JobOutputRequest>? Variables { get; init; }
    public IReadOnlyList<JobOutputRequest>? Meters { get; init; }
    public IReadOnlyList<string>? Outputs { get; init; }
    public string? Label { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The key of the job file of a model: <c>a/office.job.json</c> of <c>a/office.idf</c>.</summary>
    public static ObjectKey KeyFor(ObjectKey model) => ObjectKey.FromText(model.WithoutExtension + ".job.json");

    /// <summary>Reads the file; <paramref name="fault"/> is the sentence that says what is wrong with it.</summary>
    public static JobFile? Parse(ReadOnlySpan<byte> json, ObjectKey key, out string? fault)
    {
        fault = null;
        try
        {
            if (json.StartsWith("\uFEFF"u8)) json = json[3..];
            var job = JsonSerializer.Deserialize(json, JobFileJson.Default.JobFile);
            fault = job is null ? $"The job file '{key}' holds null; it must be a JSON object." : job.FirstFault(key);
            return fault is null ? job : null;
        }
        catch (JsonException e)
        {
            var where = e.Path is { Length: > 1 } path ? $" at {path}" : "";
            var line = e.LineNumber is { } number ? $" (line {number + 1})" : "";
            fault = $"The job file '{key}' cannot be read{where}{line}: {FirstSentence(e.Message)}";
            return null;
        }
    }

    /// <summary>Whether the label and the tags can be put on objects: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html.</summary>
    private string? FirstFaultOfMarks(ObjectKey key)
    {
        if (Label is { Length: > MostLabelCharacters }) return $"The job file '{key}' has a label of {Label.Length} characters; at most {MostLabelCharacters} are kept.";
        if (Tags is null) return null;
        if (Tags.Count > MostTags) return $"The job file '{key}' has {Tags.Count} tags; an object takes at most {MostTags}.";
        foreach (var (name, value) in Tags)
        {
            if (!TagText().IsMatch(name) || name.Length > 128 || name.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                return $"The job file '{key}' has the tag name '{name}' in tags; it must be 1 to 128 letters, digits, spaces and + - = . _ : / @, and not begin with aws:.";
            if (value is null || value.Length > 256 || value.Length > 0 && !TagText().IsMatch(value))
                return $"The job file '{key}' has an unfit value in tags.{name}; it must be at most 256 letters, digits, spaces and + - = . _ : / @.";
        }
        return null;
    }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]+\z")]
    private static partial Regex TagText();

    private string? FirstFault(ObjectKey key)
    {
        if (Annual is true && DesignDay is true) return $"The job file '{key}' asks for annual and design_day at once; choose one.";
        if (TimeoutSeconds is { } seconds && !(seconds > 0 && seconds <= 7 * 86400)) return $"The job file '{key}' has timeout_seconds {seconds}; it must be more than 0 and at most a week.";
        if (Weather is { Length: 0 }) return $"The job file '{key}' has an empty weather; leave it out or name a file.";
        return FirstFaultOfMarks(key);
    }

    private static string FirstSentence(string message)
    {
        // The serializer names its own type here; the field and the line have been said.
        if (message.Contains("could not be converted to", StringComparison.Ordinal)) return "the value is of the wrong kind.";
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

/// <summary>A variable or meter of a job file: its name, or an object with key and frequency.</summary>
[JsonConverter(typeof(JobOutputRequestConverter))]
internal sealed record JobOutputRequest(string Name, string Key, string Frequency);

/// <summary>Takes <c>"Zone Mean Air Temperature"</c> as well as <c>{"name": …, "key": …, "frequency": …}</c>.</summary>
internal sealed class JobOutputRequestConverter : JsonConverter<JobOutputRequest>
{
    private static readonly string[] Frequencies = ["Detailed", "Timestep", "Hourly", "Daily", "Monthly", "RunPeriod", "Annual"];

    public override JobOutputRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = null, key = "*", frequency = "Hourly";
        if (reader.TokenType == JsonTokenType.String) name = reader.GetString();
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var field = reader.GetString();
                reader.Read();
                if (reader.TokenType != JsonTokenType.String) throw new JsonException($"'{field}' of an output request must be text.");
                switch (field)
                {
                    case "name": name = reader.GetString(); break;
                    case "key": key = reader.GetString(); break;
                    case "frequency": frequency = reader.GetString(); break;
                    default: throw new JsonException($"'{field}' is not a field of an output request; they are name, key and frequency.");
                }
            }
        }
        else throw new JsonException("An output request is a name, or an object with name, key and frequency.");

        if (!IsPlain(name) || !IsPlain(key)) throw new JsonException("The name and key of an output request must be text without line ends, commas, semicolons and exclamation marks.");
        var known = Frequencies.FirstOrDefault(known => known.Equals(frequency, StringComparison.OrdinalIgnoreCase))
            ?? throw new JsonException($"'{frequency}' is no reporting frequency; they are {string.Join(", ", Frequencies)}.");
        return new(name!, key!, known);
    }

    public override void Write(Utf8JsonWriter writer, JobOutputRequest value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", value.Name);
        writer.WriteString("key", value.Key);
        writer.WriteString("frequency", value.Frequency);
        writer.WriteEndObject();
    }

    // The request is written into the model as one object: nothing may end it early.
    private static bool IsPlain(string? text) => !string.IsNullOrWhiteSpace(text) && text.AsSpan().IndexOfAny(",;!\r\n") < 0;
}
