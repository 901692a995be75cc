using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Runs;
using IdfKit.Runs.Caching;
using IdfKit.Storage;

namespace IdfKit.Drops.Caching;

/// <summary><c>entry.json</c>: a run whose results are kept.</summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Key">The hash that it is kept under.</param>
/// <param name="Record">The record of the run that made the results.</param>
/// <param name="Files">What lies beside the entry.</param>
/// <param name="Sha256">Of the record, so that an altered one is noticed.</param>
internal sealed record CachedRun(string Schema, string Key, RunRecord Record, IReadOnlyList<CachedFile> Files, string Sha256)
{
    public const string CurrentSchema = "idfkit.cached-run/1";

    public static CachedRun Of(CacheKey key, RunRecord record, IReadOnlyList<CachedFile> files) =>
        new(CurrentSchema, key.Sha256, record, files, HashOf(record));

    /// <summary>An entry as it was written; null when it is cut off or is none.</summary>
    public static CachedRun? FromJson(ReadOnlySpan<byte> json)
    {
        try { return JsonSerializer.Deserialize(json, CachedRunJson.Default.CachedRun); }
        catch (JsonException) { return null; }
    }

    /// <summary>The entry as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CachedRunJson.Default.CachedRun);

    /// <summary>Whether the entry is whole and was kept under this key.</summary>
    public bool IsOf(CacheKey key)
    {
        if (Schema != CurrentSchema || Key != key.Sha256 || Record is not { Status: RunStatus.Completed } || Files is null) return false;
        if (Sha256 != HashOf(Record)) return false;
        var listed = Record.Files.Select(file => (file.Path, file.SizeBytes)).Order();
        return listed.SequenceEqual(Files.Select(file => (file.Path, file.SizeBytes)).Order())
            && Files.All(file => StoragePath.IsValid(file.Path));
    }

    private static string HashOf(RunRecord record) => Convert.ToHexStringLower(SHA256.HashData(RunRecordFile.ToJson(record)));
}

/// <summary>A file of a kept run.</summary>
/// <param name="Path">Relative to the entry.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ETag">As the store gave it; null where it gives none.</param>
internal sealed record CachedFile(string Path, long SizeBytes, string? ETag);

/// <summary>How entries are written: as records are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CachedRun))]
internal sealed partial class CachedRunJson : JsonSerializerContext;
