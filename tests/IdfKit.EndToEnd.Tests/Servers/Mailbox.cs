using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml.Linq;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>A topic of moto's SNS with a queue that gets what is published there.</summary>
internal sealed class Mailbox : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _moto;
    private readonly string _region;
    private string _queue = "";

    private Mailbox(Uri moto, string region) => (_moto, _region) = (moto, region);

    /// <summary>The topic's ARN.</summary>
    public string Topic { get; private set; } = "";

    public static async Task<Mailbox> CreateAsync(Uri moto, string region)
    {
        var box = new Mailbox(moto, region);
        box.Topic = (await box.CallAsync("sns", "CreateTopic", ("Name", "studies"))).Descendants("TopicArn").Single().Value;
        box._queue = (await box.CallAsync("sqs", "CreateQueue", ("QueueName", "mail"))).Descendants("QueueUrl").Single().Value;
        await box.CallAsync("sns", "Subscribe", ("TopicArn", box.Topic), ("Protocol", "sqs"),
            ("Endpoint", $"arn:aws:sqs:{region}:123456789012:mail"));
        return box;
    }

    /// <summary>What has come since it was last looked at.</summary>
    public async Task<IReadOnlyList<(string Subject, string Text)>> ReadAsync()
    {
        var answer = await CallAsync(
            "sqs", "ReceiveMessage", ("QueueUrl", _queue), ("MaxNumberOfMessages", "10"), ("VisibilityTimeout", "3600"));
        List<(string, string)> mails = [];
        foreach (var body in answer.Descendants("Body"))
        {
            using var envelope = JsonDocument.Parse(body.Value);
            mails.Add((envelope.RootElement.GetProperty("Subject").GetString()!, envelope.RootElement.GetProperty("Message").GetString()!));
        }
        return mails;
    }

    public void Dispose() => _http.Dispose();

    private async Task<XElement> CallAsync(string service, string action, params (string Name, string Value)[] arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _moto);
        request.Content = new FormUrlEncodedContent(arguments.Append(("Action", action)).ToDictionary(one => one.Item1, one => one.Item2));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=key/20260101/{_region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{action} was answered {(int)answer.StatusCode}: {text}");
        var root = XElement.Parse(text);
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root;
    }
}
