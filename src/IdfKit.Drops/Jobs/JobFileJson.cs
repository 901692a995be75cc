using System.Text.Json;
using System.Text.Json.Serialization;

namespace IdfKit.Drops.Jobs;

/// <summary>How job files are read: snake_case, and a field that means nothing is a mistake of its author.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(JobFile))]
internal sealed partial class JobFileJson : JsonSerializerContext;
