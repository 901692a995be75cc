using System.Text.Json;

using IdfKit.Engine;
using IdfKit.Storage;

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IdfKit.Cli.Open;

/// <summary>What is asked of the page's server, and who answers it. Whatever goes wrong is a sentence.</summary>
internal sealed class Routes(
    Door door, OpenedPlace opened, RunFeed feed, LocalService service, DropBox drops, Retries retries, CancellationToken over)
{
    private const string Files = "/files/";

    private readonly RunFiles _files = new(opened);

    public async Task AnswerAsync(HttpContext context)
    {
        Answer.Protect(context.Response);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var isFile = FileAddress.TryRead(target, Files, door, out var run, out var path);
        if (door.Refusal(context, isFile) is { } refusal)
        {
            await Answer.SayAsync(context, StatusCodes.Status403Forbidden, refusal);
            return;
        }
        try
        {
            if (isFile && HttpMethods.IsGet(context.Request.Method)) await _files.SendAsync(context, run, path);
            else await RouteAsync(context);
        }
        catch (Exception failed) when (!context.Response.HasStarted && Status(failed) is { } status)
        {
            await Answer.SayAsync(context, status, failed.Message);
        }
    }

    private static int? Status(Exception failed) => failed switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        JsonException => StatusCodes.Status400BadRequest,
        CommandException or AddressException => StatusCodes.Status409Conflict,
        StorageException or EnergyPlusException or IOException or UnauthorizedAccessException => StatusCodes.Status502BadGateway,
        _ => null,
    };

    private Task RouteAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "/");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return ReadAsync(context, path);
        return (request.Method, path) switch
        {
            ("PUT", "/api/drop") => TakeAsync(context),
            ("POST", "/api/drop") => SubmitAsync(context),
            ("DELETE", "/api/drop") => ForgetAsync(context),
            ("POST", "/api/retry") => RetryAsync(context),
            ("POST", "/api/serve") => ServeAsync(context),
            _ => NothingAsync(context, path),
        };
    }

    private async Task ReadAsync(HttpContext context, string path)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over);
        switch (path)
        {
            case "/api/events":
                await new EventStream(opened, feed, door).SendAsync(context, either.Token);
                return;
            case "/api/run":
                await ShowAsync(context, context.Request.Query["folder"].ToString());
                return;
            case "/api/compare":
                var runs = context.Request.Query["run"].Select(run => run ?? "").ToList();
                var compared = await new Comparisons(opened, _files).OfAsync(runs, either.Token);
                await Answer.JsonAsync(context, compared, OpenJson.Default.ComparedRuns);
                return;
            case "/api/table.csv" or "/api/table.parquet":
                await SendTableAsync(context, path[(path.LastIndexOf('.') + 1)..]);
                return;
        }
        if (PageFiles.Find(path) is { } file) await Answer.SendAsync(context, file.Type, file.Content);
        else await NothingAsync(context, path);
    }

    private async Task ShowAsync(HttpContext context, string run)
    {
        var record = await _files.RecordAsync(run, context.RequestAborted);
        var folder = await opened.FolderOfAsync(run, context.RequestAborted);
        await Answer.JsonAsync(context, OneRun.Of(run, opened.Place.Shown(folder), record), OpenJson.Default.OneRun);
    }

    private async Task SendTableAsync(HttpContext context, string kind)
    {
        var table = feed.Table is { Rows.Count: > 0 } known ? known : throw new CommandException(CliSentences.NoRuns(opened.Place.Given));
        using var content = new MemoryStream();
        var aborted = context.RequestAborted;
        await (kind == "csv" ? table.WriteCsvAsync(content, aborted) : table.WriteParquetAsync(content, aborted));
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"runs.{kind}\"";
        var type = kind == "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet";
        await Answer.SendAsync(context, type, content.ToArray());
    }

    private async Task TakeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (drop, path, content) = (query["drop"].ToString(), query["path"].ToString(), context.Request.Body);
        await (query["weather"] == "true"
            ? drops.TakeWeatherAsync(drop, path, content, context.RequestAborted)
            : drops.TakeAsync(drop, path, query["alone"] == "true", content, context.RequestAborted));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SubmitAsync(HttpContext context)
    {
        var drop = context.Request.Query["drop"].ToString();
        var asked = await JsonSerializer.DeserializeAsync(context.Request.Body, OpenJson.Default.DropQuestion, context.RequestAborted);
        var isOffered = false; // to put the others: what was dropped is still needed then
        try
        {
            // A page that is closed meanwhile leaves nothing half done.
            var answer = await new DroppedSubmit(opened, drops.Find(drop)).RunAsync(asked ?? new(), over);
            isOffered = !answer.IsPut && answer.Models > 0;
            if (answer.IsPut) feed.Nudge();
            await Answer.JsonAsync(context, answer, OpenJson.Default.DropAnswer);
        }
        finally
        {
            if (!isOffered) drops.Forget(drop);
        }
    }

    private Task ForgetAsync(HttpContext context)
    {
        drops.Forget(context.Request.Query["drop"].ToString());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task RetryAsync(HttpContext context)
    {
        var asked = await JsonSerializer.DeserializeAsync(context.Request.Body, OpenJson.Default.RetryQuestion, context.RequestAborted);
        var answer = await retries.RunAsync(asked ?? new() { Folders = [] }, over);
        feed.Nudge();
        await Answer.JsonAsync(context, answer, OpenJson.Default.RetryAnswer);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over);
        service.Begin();
        await service.StartedAsync(either.Token);
        feed.Nudge();
        await Answer.SayAsync(context, StatusCodes.Status200OK, CliSentences.ServesNow(opened.Place.Given));
    }

    private static Task NothingAsync(HttpContext context, string path) =>
        Answer.SayAsync(context, StatusCodes.Status404NotFound, CliSentences.NoSuchPage(path));
}
