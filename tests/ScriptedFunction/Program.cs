using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

// A Lambda function that does what its event says. SCRIPT_INIT scripts its start: error, exit, or silent.
var api = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/";
using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
Console.WriteLine("init " + Environment.ProcessId);

switch (Environment.GetEnvironmentVariable("SCRIPT_INIT"))
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
