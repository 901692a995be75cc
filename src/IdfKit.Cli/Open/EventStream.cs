using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Http;

namespace IdfKit.Cli.Open;

/// <summary>Server-sent events: how the place stands when the page comes, and then what changes.</summary>
internal sealed class EventStream(OpenedPlace opened, RunFeed feed, Door door)
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    public async Task SendAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var page = feed.Open();
        context.Response.ContentType = "text/event-stream";
        await SayAsync(context.Response, "retry: 1000\n\n"u8.ToArray(), cancellationToken);
        PageState? known = null;
        while (true)
        {
            var next = feed.AfterAsync(known?.Version ?? 0, cancellationToken);
            while (await Task.WhenAny(next, Task.Delay(SignOfLife, cancellationToken)) != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SayAsync(context.Response, ": here\n\n"u8.ToArray(), cancellationToken);
            }
            var state = await next;
            var news = JsonSerializer.Serialize(state.Since(known, opened, door.FileKey), OpenJson.Default.PageNews);
            await SayAsync(context.Response, Encoding.UTF8.GetBytes($"data: {news}\n\n"), cancellationToken);
            known = state;
        }
    }

    private static async Task SayAsync(HttpResponse response, byte[] text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
