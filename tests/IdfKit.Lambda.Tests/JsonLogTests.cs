using System.Text.Json;

using IdfKit.Function;

namespace IdfKit.Lambda.Tests;

public sealed class JsonLogTests
{
    [Fact]
    public void Fact_is_one_line_of_json_whatever_it_holds()
    {
        using var output = new MemoryStream();
        var log = new JsonLog(output, TimeProvider.System);
        log.Warning("two\nlines \"quoted\"", ("run_id", "r1"), ("files", 3), ("ratio", 0.5), ("absent", null), ("ok", true));

        var text = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(1, text.Count(c => c == '\n'));
        using var line = JsonDocument.Parse(text);
        Assert.Equal(("WARN", "two\nlines \"quoted\"", "r1", 3), (
            line.RootElement.GetProperty("level").GetString(), line.RootElement.GetProperty("message").GetString(),
            line.RootElement.GetProperty("run_id").GetString(), line.RootElement.GetProperty("files").GetInt32()));
        Assert.False(line.RootElement.TryGetProperty("absent", out _));
    }
}
