using System.Net.Mime;

using IdfKit.Runs;
using IdfKit.Runs.Tables;
using IdfKit.Storage;

using Microsoft.AspNetCore.Http;

namespace IdfKit.Cli.Open;

/// <summary>
/// Gives out the files that records list, and nothing else. What is HTML is shown, and may do nothing at all; what is text is shown as
/// text; the rest is saved.
/// </summary>
internal sealed class RunFiles(OpenedPlace opened)
{
    private static readonly string[] Texts = [".err", ".csv", ".json", ".txt", ".eio", ".audit", ".end", ".rdd", ".mdd", ".idf", ".bnd"];

    /// <exception cref="CommandException">There is no such run or file.</exception>
    public async Task SendAsync(HttpContext context, string run, string path)
    {
        var cancellationToken = context.RequestAborted;
        var record = await RecordAsync(run, cancellationToken);
        var listed = record.Files.FirstOrDefault(file => file.Path == path);
        if (path != RunRecordFile.Name && listed is null || !StoragePath.IsValid(path))
            throw new CommandException(CliSentences.NotListed(path, run));
        var at = StoragePath.Join(await opened.FolderOfAsync(run, cancellationToken), path);
        var entry = await opened.Place.LookAsync(at, cancellationToken)
            ?? throw new CommandException(CliSentences.FileIsGone(opened.Place.Shown(at)));
        await using var content = await opened.Place.Files.OpenReadAsync(at, cancellationToken);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Answer.FilePolicy;
        headers.Remove(Answer.OpenerPolicy); // browsers show no page that has one and is sandboxed
        context.Response.ContentType = TypeOf(path);
        if ((entry.ContentEncoding ?? listed?.ContentEncoding) is "gzip") // a folder keeps no encodings, the record does
            headers.ContentEncoding = "gzip";
        if (context.Response.ContentType == MediaTypeNames.Application.Octet)
            headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(path.Split('/')[^1])}";
        if (!HttpMethods.IsHead(context.Request.Method)) await content.CopyToAsync(context.Response.Body, cancellationToken);
    }

    /// <summary>A run's record.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public async Task<RunRecord> RecordAsync(string run, CancellationToken cancellationToken)
    {
        var folder = await opened.FolderOfAsync(run, cancellationToken);
        var at = StoragePath.Join(folder, RunRecordFile.Name);
        if (await opened.Place.LookAsync(at, cancellationToken) is { SizeBytes: > RecordRow.LargestBytes })
            throw new CommandException(CliSentences.RecordIsTooLarge(opened.Place.Shown(folder), RecordRow.LargestBytes));
        var json = await opened.Place.ReadAsync(at, cancellationToken)
            ?? throw new CommandException(CliSentences.NoSuchRun(run, opened.Place.Given));
        return RunRecordFile.FromJson(json) ?? throw new CommandException(CliSentences.NoRecord(opened.Place.Shown(folder)));
    }

    private static string TypeOf(string path)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is ".html" or ".htm") return "text/html; charset=utf-8";
        return Texts.Contains(ending) ? "text/plain; charset=utf-8" : MediaTypeNames.Application.Octet;
    }
}
