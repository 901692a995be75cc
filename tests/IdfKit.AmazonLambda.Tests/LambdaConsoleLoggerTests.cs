using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

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
        var line =
            JsonDocument.Parse(Logged("JSON", "", logger => logger.LogError(new IOException("disk"), "upload of {key}", "a"))).RootElement;
        Assert.Equal("upload of a", line.GetProperty("message").GetString());
        Assert.Equal("request", line.GetProperty("requestId").GetString());
        Assert.Equal("disk", line.GetProperty("errorMessage").GetString());
        Assert.Equal("System.IO.IOException", line.GetProperty("errorType").GetString());
    }

    [Theory]
    [InlineData("WARN", false)]
    [InlineData("INFO", true)]
    [InlineData("", true)]
    public void Levels_below_the_configured_one_are_left_out(string lowest, bool logged) =>
        Assert.Equal(logged, Logged("Text", lowest, logger => logger.LogInformation("hello")).Length > 0);

    private static string Logged(string format, string lowest, Action<ILambdaLogger> log)
    {
        using var output = new StringWriter();
        log(new LambdaConsoleLogger(output, "request", "trace", format, lowest));
        return output.ToString();
    }
}
