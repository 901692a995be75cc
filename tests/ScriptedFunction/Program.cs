using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

// A Lambda function that does what its event says. IDFKIT_SCRIPT_INIT scripts its start: error, exit, or silent.
var api = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/";
using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
Console.WriteLine("init " + Environment.ProcessId);

switch (Environment.GetEnvironmentVariable("IDFKIT_SCRIPT_INIT"))
{
    case "error":
        await PostAsync("init/error", """{"errorType":"Init","errorMessage":"ENERGYPLUS_DIR is wrong"}""");
        return 1;
    case "exit":
        return 3;
    case "silent":
        await Task.Delay(Timeout.Infinite);
        return 0;
}

while (true)
{
    using var next = await http.GetAsync(api + "invocation/next");
    var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    var body = await next.Content.ReadAsStringAsync();
    var script = JsonNode.Parse(body)!;
    Console.WriteLine($"start {id} {body}");
    if (script["Records"]?[0]?["body"] is { } letter)
    {
        // Of an event that was given up the real function says so in the model's record.
        await GiveUpAsync(JsonNode.Parse(letter.GetValue<string>())!);
        await PostAsync($"invocation/{id}/response", """{"batchItemFailures":[]}""");
        continue;
    }
    if (script["Records"] is { } records)
    {
        // An S3 event: a run as the real function writes it, whose outcome is the input's content.
        if (await SimulateAsync(records[0]!["s3"]!, id)) await PostAsync($"invocation/{id}/response", "null");
        else await PostAsync($"invocation/{id}/error", """{"errorType":"Scripted","errorMessage":"the bucket is on fire"}""");
        continue;
    }
    switch (script["do"]?.GetValue<string>())
    {
        case "fail":
            await PostAsync($"invocation/{id}/error", """{"errorType":"Scripted","errorMessage":"told to fail"}""");
            break;
        case "fail-first":
            // The folder keeps the count, because every attempt may meet another process.
            var marks = script["folder"]!.GetValue<string>();
            await File.WriteAllTextAsync(Path.Combine(marks, Guid.NewGuid().ToString()), id);
            if (Directory.GetFiles(marks).Length <= script["times"]!.GetValue<int>())
                await PostAsync($"invocation/{id}/error", """{"errorType":"Scripted","errorMessage":"not yet"}""");
            else
                await PostAsync($"invocation/{id}/response", "\"at last\"");
            break;
        case "crash":
            Environment.Exit(7);
            break;
        case "killed":
            Process.GetCurrentProcess().Kill();
            break;
        case "hang":
            await Task.Delay(Timeout.Infinite);
            break;
        case "spawn-and-hang":
            using (var child = Process.Start("sleep", "600"))
                await File.WriteAllTextAsync(script["file"]!.GetValue<string>(), $"{child.Id}");
            await Task.Delay(Timeout.Infinite);
            break;
        case "spawn-and-crash":
            using (var child = Process.Start("sleep", "600"))
                await File.WriteAllTextAsync(script["file"]!.GetValue<string>(), $"{child.Id}");
            Environment.Exit(8);
            break;
        case "sleep":
            await Task.Delay(script["milliseconds"]!.GetValue<int>());
            await PostAsync($"invocation/{id}/response", $"{Environment.ProcessId}");
            break;
        case "big":
            var refusal = await PostAsync($"invocation/{id}/response", $"\"{new string('x', script["bytes"]!.GetValue<int>())}\"");
            Console.WriteLine("big " + refusal);
            break;
        case "wrong-id":
            var wrong = await PostAsync("invocation/no-such-id/response", "1");
            await PostAsync($"invocation/{id}/response", ((int)wrong).ToString());
            break;
        case "environment":
            var variables = new JsonObject();
            foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
                variables[(string)variable.Key] = (string?)variable.Value;
            await PostAsync($"invocation/{id}/response", variables.ToJsonString());
            break;
        case "headers":
            var headers = new JsonObject();
            foreach (var (name, values) in next.Headers) headers[name] = string.Join(",", values);
            await PostAsync($"invocation/{id}/response", headers.ToJsonString());
            break;
        default:
            await PostAsync($"invocation/{id}/response", body);
            break;
    }
}

async Task<HttpStatusCode> PostAsync(string path, string json)
{
    using var content = new StringContent(json, Encoding.UTF8, "application/json");
    using var answer = await http.PostAsync(api + path, content);
    return answer.StatusCode;
}

async Task GiveUpAsync(JsonNode record)
{
    var s3 = record["requestPayload"]!["Records"]![0]!["s3"]!;
    var key = WebUtility.UrlDecode(s3["object"]!["key"]!.GetValue<string>());
    var bucket = $"{Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3")?.TrimEnd('/')}/{s3["bucket"]!["name"]}/";
    var ended = new JsonObject
    {
        ["status"] = "failed", ["reason"] = "gave_up", ["input"] = new JsonObject { ["key"] = key },
        ["message"] = $"given up after {record["requestContext"]!["approximateInvokeCount"]} attempts",
    };
    var content = new StringContent(ended.ToJsonString(), Encoding.UTF8, "application/json");
    var folder = Uri.EscapeDataString(Path.GetFileNameWithoutExtension(key));
    (await http.PutAsync($"{bucket}outputs/{folder}/run.json", content)).EnsureSuccessStatusCode();
}

async Task<bool> SimulateAsync(JsonNode s3, string requestId)
{
    var key = WebUtility.UrlDecode(s3["object"]!["key"]!.GetValue<string>());
    if (!key.EndsWith(".idf", StringComparison.Ordinal)) return true;
    var bucket = $"{Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3")?.TrimEnd('/')}/{s3["bucket"]!["name"]}/";
    using var model = await http.GetAsync(bucket + Uri.EscapeDataString(key));
    var status = await model.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    var modified = model.Content.Headers.LastModified;
    if (status == "throw") return false;
    var prefix = (Environment.GetEnvironmentVariable("IDFKIT_INPUT_PREFIX")?.TrimEnd('/') ?? "inputs") + "/";
    var folder = "outputs/" + key[prefix.Length..^".idf".Length] + "/";
    var began = DateTimeOffset.UtcNow;
    var runId = Guid.NewGuid().ToString("N");
    await PutAsync("run.json", Record("running"));
    foreach (var percent in new[] { 5, 50, 95 })
    {
        await PutAsync("progress.json", new JsonObject
        {
            ["run_id"] = runId,
            ["phase"] = "simulating", ["percent"] = percent, ["environment"] = "RUN PERIOD 1", ["elapsed_seconds"] = 0.1
        });
        // What is interrupted here is completed when it is run again.
        if (status == "hang" && percent == 50 && !File.Exists(Environment.GetEnvironmentVariable("IDFKIT_SCRIPT_GO")))
            await Task.Delay(Timeout.Infinite);
        await Task.Delay(150);
    }
    var ended = Record(status == "hang" ? "completed" : status);
    ended["message"] = "what a modeller understands";
    ended["timings_ms"] = new JsonObject { ["total"] = 1234 };
    await PutAsync("run.json", ended);
    return true;

    JsonObject Record(string state) => new()
    {
        ["schema"] = "idfkit.run/1", ["run_id"] = runId, ["status"] = state, ["request_id"] = requestId, ["started_at"] = began,
        ["files"] = new JsonArray(), ["message_groups"] = new JsonArray(),
        ["expires_at"] = state == "running" ? began.AddMinutes(16) : null, ["sequencer"] = s3["object"]!["sequencer"]?.GetValue<string>(),
    };

    async Task PutAsync(string name, JsonObject content)
    {
        content["input"] = new JsonObject
        {
            ["bucket"] = s3["bucket"]!["name"]!.GetValue<string>(), ["key"] = key, ["etag"] = s3["object"]!["eTag"]?.GetValue<string>(),
            ["last_modified"] = modified,
        };
        using var body = new StringContent(content.ToJsonString());
        using var answer = await http.PutAsync(bucket + Uri.EscapeDataString(folder + name), body);
        answer.EnsureSuccessStatusCode();
    }
}
