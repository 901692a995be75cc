using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestBed;
using TestBed.Stacks;

using IdfKit.EndToEnd.Tests.Servers;

namespace IdfKit.EndToEnd.Tests;

/// <summary>moto with a bucket and a template's state machine with a map in it, and the function process that the machine calls.</summary>
internal sealed class MachineBed : IAsyncDisposable
{
    private static readonly Regex FnSub = new("""\{"Fn::Sub":\s*("[^"]*")\}""");
    private readonly MotoServer _moto;
    private readonly JsonElement _template;
    private readonly string _map;
    private string _topic = "arn:aws:sns:us-east-1:123456789012:nobody";

    private MachineBed(MotoServer moto, JsonElement template, string map, Cloud cloud, LambdaFront front)
    {
        (_moto, _template, _map) = (moto, template, map);
        (Cloud, Front) = (cloud, front);
    }

    public Cloud Cloud { get; }

    public LambdaFront Front { get; }

    /// <param name="server">Whose kind the bucket is not: moto has its own.</param>
    /// <param name="template">The state machine's properties.</param>
    /// <param name="map">The name of its map.</param>
    /// <param name="environment">Of the function.</param>
    public static async Task<MachineBed> StartAsync(
        EventServer server, JsonElement template, string map, params (string Name, string Value)[] environment)
    {
        var port = Ports.Free();
        var moto = new MotoServer { CalledPort = port };
        var bucket = await MotoBucket.CreateAsync(moto.EndpointUrl, server.AccessKeyId, server.SecretAccessKey);
        var cloud = await Cloud.StartSilentAsync(
            server, bucket, options => options with { Concurrency = 2 }, environment);
        var front = await LambdaFront.StartAsync(port, moto.EndpointUrl, cloud.Function.Endpoint);
        return new(moto, template, map, cloud, front);
    }

    /// <summary>The properties of the state machine of studies, as a stack with these parameters has it.</summary>
    public static JsonElement Studies(TransformedTemplate template, params (string Name, string Value)[] parameters)
    {
        var plan = new StackPlan(
            template.Transformed, parameters.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal));
        Assert.Empty(plan.Refusals);
        return JsonSerializer.SerializeToElement(plan.Resources["StudyMachine"]!["Properties"]);
    }

    public Task<StepFunctions> StepsAsync(string region = "us-east-1") => StepFunctions.StartAsync(_moto.EndpointUrl, region);

    /// <summary>A topic for the machine's mails, in the region where it runs.</summary>
    public async Task<Mailbox> MailboxAsync(string region = "us-east-1")
    {
        var box = await Mailbox.CreateAsync(_moto.EndpointUrl, region);
        _topic = box.Topic;
        return box;
    }

    /// <summary>The state machine as CloudFormation would make it, and as moto's grammar takes it.</summary>
    public JsonObject Machine(Action<JsonObject>? with = null)
    {
        var text = _template.GetProperty("Definition").GetRawText();
        foreach (var substitution in _template.GetProperty("DefinitionSubstitutions").EnumerateObject())
            text = text.Replace("${" + substitution.Name + "}", ValueOf(substitution.Name), StringComparison.Ordinal);
        text = FnSub.Replace(text, sub => sub.Groups[1].Value.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal));
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        var machine = (JsonObject)JsonNode.Parse(text)!;
        var map = (JsonObject)machine["States"]![_map]!;
        // moto 5.2 refuses the field where other fields follow it, and does nothing with it where it takes it.
        map.Remove("ToleratedFailurePercentage");
        with?.Invoke(map);
        return machine;
    }

    public string Url(string name) => $"s3://{Cloud.Bucket}/inputs/{name}";

    public Task ListAsync(string key, IEnumerable<string> names) =>
        Cloud.DropTextAsync(key, JsonSerializer.Serialize(names.Select(name => new { input = Url(name) })));

    /// <summary>How the calls for a model were answered, in their order.</summary>
    public IEnumerable<int> StatusesOf(string name) =>
        Front.Calls.Where(call => call.Payload.Contains(Url(name), StringComparison.Ordinal)).Select(call => call.Status);

    public JsonElement OutputOf(JsonElement execution)
    {
        using var output = JsonDocument.Parse(execution.GetProperty("output").GetString()!);
        return output.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Cloud.DisposeAsync();
        _moto.Dispose();
    }

    private string ValueOf(string reference) => reference switch
    {
        "FunctionName" => "idfkit",
        "Bucket" or "Results" => Cloud.Bucket,
        "Prefix" => "sweeps/",
        "OutputPrefix" => "outputs/",
        "WorkQueue" or "WorkJob" => reference,
        "StudyTopic" => _topic,
        _ => throw new InvalidOperationException($"The test has no value for {reference}."),
    };
}
