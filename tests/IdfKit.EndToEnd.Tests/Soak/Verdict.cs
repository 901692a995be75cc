using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;

using IdfKit.Runs;

namespace IdfKit.EndToEnd.Tests.Soak;

/// <summary>What a storm has left, read from the bucket alone: every sentence is something that must not be.</summary>
internal static class Verdict
{
    public static async Task<IReadOnlyList<string>> OfAsync(Cloud cloud, Storm storm)
    {
        var faults = new ConcurrentBag<string>();
        var listed = (await AllKeysAsync(cloud, "outputs/")).ToLookup(key => key[..key.LastIndexOf('/')]);
        await Parallel.ForEachAsync(storm.Newest, TestContext.Current.CancellationToken, async (model, _) =>
        {
            var folder = "outputs/" + model.Key["inputs/".Length..^".idf".Length];
            foreach (var fault in await OfFolderAsync(cloud, folder, model.Value.Sequencer, model.Value.Building, [.. listed[folder]]))
                faults.Add($"{folder}: {fault}");
        });
        bool IsOfNobody(string folder) => !storm.Newest.ContainsKey("inputs/" + folder["outputs/".Length..] + ".idf");
        foreach (var folder in listed.Select(group => group.Key).Where(IsOfNobody))
            faults.Add($"{folder} holds results of nothing");

        var uploads = await cloud.S3.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = cloud.Bucket }, TestContext.Current.CancellationToken);
        foreach (var upload in uploads.MultipartUploads ?? [])
            faults.Add($"{upload.Key} has an upload that was neither completed nor aborted");
        return [.. faults.Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> OfFolderAsync(
        Cloud cloud, string folder, string sequencer, string building, IReadOnlyList<string> keys)
    {
        if (await cloud.ReadAsync(folder + "/run.json") is not { } json || RunRecordFile.FromJson(json) is not { } record)
            return ["no record"];
        if (record.Status != RunStatus.Completed) return [$"{record.Status} {record.Reason}: {record.Message}"];

        var faults = new List<string>();
        if (record.Sequencer != sequencer) faults.Add($"the record is of {record.Sequencer}, the newest input of {sequencer}");
        var expected = record.Files.Select(file => folder + "/" + file.Path).Append(folder + "/run.json");
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(keys.Order(StringComparer.Ordinal)))
            faults.Add($"the folder differs from the record by {string.Join(", ", expected.Except(keys).Concat(keys.Except(expected)))}");
        foreach (var file in record.Files)
        {
            if (await cloud.ReadAsync(folder + "/" + file.Path) is not { } content
                || Convert.ToHexStringLower(SHA256.HashData(content)) != file.Sha256)
            {
                faults.Add($"{file.Path} is not what the record says");
            }
            else if (file.Path == "eplustbl.htm"
                && !Encoding.Latin1.GetString(content).Contains(building, StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"{file.Path} is not of '{building}'");
            }
        }
        return faults;
    }

    private static async Task<IReadOnlyList<string>> AllKeysAsync(Cloud cloud, string prefix)
    {
        var keys = new List<string>();
        var pages = cloud.S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = cloud.Bucket, Prefix = prefix });
        await foreach (var entry in pages.S3Objects.WithCancellation(TestContext.Current.CancellationToken)) keys.Add(entry.Key);
        return keys;
    }
}
