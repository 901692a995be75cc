using System.Text.Json.Serialization;

using IdfKit.Studies.Columns;

namespace IdfKit.Studies;

/// <summary>A column of a study.</summary>
/// <param name="Heading">As the file has it.</param>
/// <param name="Kind">What its values are for.</param>
public sealed record StudyColumn(string Heading, StudyColumnKind Kind)
{
    /// <summary>The same for two headings that mean the same.</summary>
    internal string Key { get; init; } = Heading;

    /// <summary>Of an address.</summary>
    internal FieldPath? Path { get; init; }
}

/// <summary>What the values of a column are for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StudyColumnKind>))]
public enum StudyColumnKind
{
    /// <summary>The name of the variant.</summary>
    [JsonStringEnumMemberName("name")]
    Name,

    /// <summary>Another base model than the one that is called like the study.</summary>
    [JsonStringEnumMemberName("model")]
    Model,

    /// <summary>A weather file.</summary>
    [JsonStringEnumMemberName("weather")]
    Weather,

    /// <summary>A field of the job file: <c>annual</c>, <c>design_day</c>, <c>timeout_seconds</c>, <c>label</c>, <c>tags.X</c>.</summary>
    [JsonStringEnumMemberName("option")]
    Option,

    /// <summary>A field of the model: <c>Class/Object/Field</c>.</summary>
    [JsonStringEnumMemberName("field")]
    Field,

    /// <summary>A text of the model: <c>@@x@@</c>.</summary>
    [JsonStringEnumMemberName("tag")]
    Tag,

    /// <summary>A parameter of the model's own expressions: <c>$x</c>.</summary>
    [JsonStringEnumMemberName("parameter")]
    Parameter,
}
