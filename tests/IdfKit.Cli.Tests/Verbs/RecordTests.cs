using System.Text.Json.Nodes;

using IdfKit.Runs;
using IdfKit.Storage;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>Records that nobody of ours wrote: no verb answers them with a trace, and one with a mark of UTF-8 is read.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Nulls => new()
    {
        { "files", "null" }, { "files", "[null]" }, { "files", """[{"path":null,"size_bytes":1,"content_type":"x","sha256":"x"}]""" },
        { "input", "null" }, { "input", """{"bucket":"b","key":null}""" }, { "options", "null" }, { "timings_ms", "null" },
        { "tags", "null" }, { "tags", """{"a":null}""" }, { "missing", "[null]" }, { "added_objects", "null" }, { "notices", "[null]" },
        { "message_groups", "null" }, { "message_groups", "[null]" },
        { "message_groups", """[{"severity":"severe","text":null,"count":1}]""" },
        { "diagnostics", """{"warnings":1,"severe":1,"fatal":1,"first_errors":null}""" }, { "run_id", "null" }, { "schema", "null" },
        { "summary", """{"peaks":null}""" }, { "summary", """{"peaks":[null],"end_uses_gj":{"heating":null}}""" },
        { "weather", "{}" }, { "study", "{}" }, { "engine", "{}" }, { "files", "[{}]" },
        { "input", "{}" }, { "migration", "{}" },
        { "diagnostics", "{}" }, { "message_groups", "[{}]" }, { "usage", "{}" }, { "results_of", "{}" },
        { "summary", """{"peaks":[{}]}""" }, { "summary", """{"end_uses_gj":null,"periods":null}""" },
        { "migration", """{"from":"1","to":"2","steps":null}""" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Nulls))]
    public async Task Null_in_a_record_is_no_trace_of_any_verb(string field, string value)
    {
        await RecordAsync("a", record => record[field] = JsonNode.Parse(value));
        await RecordAsync("b", _ => { });
        foreach (var arguments in (string[][])
            [
                ["show", _folder["outputs", "a"]], ["show", _folder.Path, "--json"], ["get", _folder["outputs"], "-o", _folder["got"]],
                ["compare", _folder["outputs", "a"], _folder["outputs", "b"]], ["collect", _folder.Path, "-o", _folder["all.csv"]],
                ["watch", _folder.Path], ["retry", _folder.Path, "--dry-run"],
                ["estimate", _folder["inputs", "a.idf"], "--to", _folder["outputs"]],
                ["dev", _folder.Path, "--bootstrap", Path.Combine(AppContext.BaseDirectory, "ScriptedFunction"), "--once", "inputs/a.idf"],
            ])
        {
            var (exitCode, output) = await Tool.RunAsync(null, arguments);
            Assert.True(exitCode is 0 or 1, $"{arguments[0]} {exitCode}: {output}");
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Record_that_begins_with_a_mark_is_read_as_without_it()
    {
        await RecordAsync("a", _ => { });
        var path = _folder["outputs", "a", "run.json"];
        await File.WriteAllBytesAsync(path, [0xEF, 0xBB, 0xBF, .. await File.ReadAllBytesAsync(path, Token)], Token);
        foreach (var arguments in (string[][])
            [
                ["show", _folder["outputs", "a"]], ["show", _folder.Path], ["get", _folder["outputs", "a"], "-o", _folder["got"]],
                ["watch", _folder.Path],
            ])
        {
            var (exitCode, output) = await Tool.RunAsync(null, arguments);
            Assert.True(exitCode == 0, output);
        }
    }

    private async Task RecordAsync(string name, Action<JsonObject> change)
    {
        await using var files = new AsyncLocalFileSystem(_folder.Path);
        await files.WriteTextAsync($"inputs/{name}.idf", "completed");
        await Recorded.EndAsync(files, $"inputs/{name}.idf", RunStatus.Completed, eui: 3);
        var path = _folder["outputs", name, "run.json"];
        var record = JsonNode.Parse(await File.ReadAllBytesAsync(path, Token))!.AsObject();
        change(record);
        await File.WriteAllTextAsync(path, record.ToJsonString(), Token);
    }
}
