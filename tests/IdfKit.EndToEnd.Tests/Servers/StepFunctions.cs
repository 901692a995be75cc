using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IdfKit.EndToEnd.Tests.Servers;

/// <summary>
/// One region of Step Functions as moto has it, which interprets state machines once it is told to. A region runs one distributed map:
/// for each execution moto copies what the region holds, and it cannot copy the locks that such a map leaves there.
/// </summary>
internal sealed class StepFunctions : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/sweep";

    // Its grammar takes an apostrophe as it is, and no escape for it.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new();
    private readonly Uri _moto;
    private readonly string _region;

    private StepFunctions(Uri moto, string region) => (_moto, _region) = (moto, region);

    public static async Task<StepFunctions> StartAsync(Uri moto, string region)
    {
        var started = new StepFunctions(moto, region);
        using var config = new StringContent("""{"stepfunctions": {"execute_state_machine": true}}""");
        using var answer = await started._http.PostAsync(
            new Uri(moto, "moto-api/config"), config, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return started;
    }

    /// <summary>Runs a state machine to its end.</summary>
    /// <returns>What DescribeExecution says of it then.</returns>
    public async Task<JsonElement> RunAsync(string name, JsonNode definition, JsonObject input)
    {
        var machine = await CallAsync("CreateStateMachine",
            new JsonObject { ["name"] = name, ["definition"] = definition.ToJsonString(Plain), ["roleArn"] = Role });
        var arn = machine.GetProperty("stateMachineArn").GetString();
        var execution = await CallAsync("StartExecution", new JsonObject { ["stateMachineArn"] = arn, ["input"] = input.ToJsonString() });
        var executionArn = execution.GetProperty("executionArn").GetString();
        var deadline = DateTime.UtcNow.AddMinutes(4);
        while (DateTime.UtcNow < deadline)
        {
            var now = await CallAsync("DescribeExecution", new JsonObject { ["executionArn"] = executionArn });
            if (now.GetProperty("status").GetString() != "RUNNING") return now;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The execution of {name} did not end in 4 minutes.");
    }

    public async Task<JsonElement> CallAsync(string operation, JsonObject input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _moto)
        {
            Content = new StringContent(input.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.0"))
        };
        request.Headers.Add("X-Amz-Target", "AWSStepFunctions." + operation);
        // moto takes any signature, and reads from it which service is meant.
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=k/20260101/{_region}/states/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{operation} was answered {(int)answer.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public void Dispose() => _http.Dispose();
}
