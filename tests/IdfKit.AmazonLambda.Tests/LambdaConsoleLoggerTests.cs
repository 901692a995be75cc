using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.TestUtilities;

namespace IdfKit.AmazonLambda.Tests;

public sealed class LambdaConsoleLoggerTests
{
    [Fact]
    public void Text_line_holds_time_request_level_and_the_filled_message()
    {
        var fields = Logged("Text", "", logger => logger.LogWarning("{count} of {all} in {unit}", 2, 3)).TrimEnd().Split('\t');
        Assert.Equal(["request", "warn", "2 of 3 in {unit}"], fields[1..]);
        Assert.EndsWith("Z", fields[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_line_holds_the_exception_in_fields_of_its_own()
    {
        var line = Json(logger => logger.LogError(new IOException("disk"), "upload of {key}", "a"));
        Assert.Equal("upload of a", line.GetProperty("message").GetString());
        Assert.Equal(("request", "trace"), (line.GetProperty("requestId").GetString(), line.GetProperty("traceId").GetString()));
        Assert.Equal("Error", line.GetProperty("level").GetString());
        Assert.Equal("disk", line.GetProperty("errorMessage").GetString());
        Assert.Equal("System.IO.IOException", line.GetProperty("errorType").GetString());
        Assert.Equal("System.IO.IOException: disk", line.GetProperty("stackTrace")[0].GetString());
    }

    [Fact]
    public void Json_line_holds_each_argument_under_its_name()
    {
        var line = Json(logger => logger.LogInformation("{count} of {all:0.0} {units} {nothing}", 2, 3.25, new[] { "J", "kWh" }, null!));
        Assert.Equal("2 of 3.3 {units} {nothing}", line.GetProperty("message").GetString());
        Assert.Equal((2, "3.3", "kWh"),
            (line.GetProperty("count").GetInt32(), line.GetProperty("all").GetString(), line.GetProperty("units")[1].GetString()));
        Assert.False(line.TryGetProperty("nothing", out _));
    }

    [Theory]
    [InlineData("{1} before {0}", "b before a")]
    [InlineData("{0} and {0}", "a and a")]
    [InlineData("{0} and {2}", "a and b")] // no positions: they have a gap
    [InlineData("{{x}} {y}", "{{x}} a")]
    [InlineData("{} {y", "{} {y")]
    [InlineData("100 %", "100 %")]
    public void Template_is_filled_by_position_or_in_order(string template, string expected) =>
        Assert.Equal(expected, Json(logger => logger.LogInformation(template, "a", "b")).GetProperty("message").GetString());

    [Theory]
    [InlineData("WARN", false)]
    [InlineData("FATAL", false)]
    [InlineData("INFO", true)]
    [InlineData("Debug", true)]
    [InlineData("", true)]
    public void Levels_below_the_configured_one_are_left_out(string lowest, bool logged) =>
        Assert.Equal(logged, Logged("Text", lowest, logger => logger.LogInformation("hello")).Length > 0);

    [Fact]
    public void Debug_is_left_out_unless_it_is_asked_for() => Assert.Empty(Logged("JSON", "", logger => logger.LogDebug("hello")));

    [Fact]
    public void Unformatted_line_is_the_message_alone() =>
        Assert.Equal("hello\n", Logged("Unformatted", "", logger => logger.LogInformation("hello")));

    [Fact]
    public void Plain_line_of_the_console_becomes_a_json_line_of_its_streams_level()
    {
        var output = new StringWriter();
        using (var console = new LogWriter(output, LogSettings.Of("JSON", ""), LogLevel.Error)) console.WriteLine(3);
        var line = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(("Error", "3"), (line.GetProperty("level").GetString(), line.GetProperty("message").GetString()));
    }

    private static JsonElement Json(Action<ILambdaLogger> log) => JsonDocument.Parse(Logged("JSON", "", log)).RootElement;

    private static string Logged(string format, string lowest, Action<ILambdaLogger> log)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var lines = new LogWriter(output, LogSettings.Of(format, lowest), LogLevel.Information);
        lines.Call = new TestLambdaContext { AwsRequestId = "request", TraceId = "trace" };
        log(new LambdaConsoleLogger(lines));
        return output.ToString();
    }
}
