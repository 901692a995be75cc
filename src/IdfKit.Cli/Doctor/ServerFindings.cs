namespace IdfKit.Cli.Doctor;

/// <summary>Whether the S3 server answers.</summary>
internal static class ServerFindings
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Any answer will do, a refusal too: it is the bucket's own check that needs rights.</summary>
    public static async Task<Finding> AskAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var shown = endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped); // a URL can hold a password
        using var client = new HttpClient { Timeout = Longest };
        try
        {
            using var answer = await client.GetAsync(new Uri(shown), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Finding.Good($"{shown} answers (HTTP {(int)answer.StatusCode})");
        }
        catch (HttpRequestException e) { return Finding.Problem($"{shown} does not answer: {e.Message}"); }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Problem($"{shown} does not answer within {Longest.TotalSeconds:0} s");
        }
    }
}
