namespace IdfKit.LocalCloud.Tests;

public sealed class StartTests : FunctionTests
{
    [Fact]
    public async Task Start_of_a_function_that_posts_an_init_error_fails_with_its_sentence()
    {
        var e = await Assert.ThrowsAsync<LocalLambdaException>(() => LocalLambda.StartAsync(Scripted("error"), Token));
        Assert.Contains("refused to start: ENERGYPLUS_DIR is wrong", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_of_a_function_that_ends_at_once_fails_with_its_exit_code()
    {
        var e = await Assert.ThrowsAsync<LocalLambdaException>(() => LocalLambda.StartAsync(Scripted("exit"), Token));
        Assert.Contains("ended before it asked for work, with error: exit status 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_of_a_function_that_never_asks_for_work_fails_and_leaves_no_process()
    {
        var options = Scripted("silent") with { InitTimeout = TimeSpan.FromSeconds(2) };
        var e = await Assert.ThrowsAsync<LocalLambdaException>(() => LocalLambda.StartAsync(options, Token));
        Assert.Contains("did not ask for work within 2 s", e.Message, StringComparison.Ordinal);
        Assert.All(Log.Where(line => line.StartsWith("init ", StringComparison.Ordinal)),
            line => Assert.False(IsRunning(int.Parse(line[5..]))));
    }

    [Fact]
    public async Task Start_of_a_file_that_is_no_program_says_so()
    {
        await File.WriteAllTextAsync(Folder["bootstrap"], "", Token);
        var e = await Assert.ThrowsAsync<LocalLambdaException>(
            () => LocalLambda.StartAsync(Options with { BootstrapPath = Folder["bootstrap"] }, Token));
        Assert.Contains(Folder["bootstrap"], e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LocalLambdaException>(
            () => LocalLambda.StartAsync(Options with { BootstrapPath = Folder["none"] }, Token));
    }

    private LocalLambdaOptions Scripted(string how) =>
        Options with { Environment = new Dictionary<string, string> { ["IDFKIT_SCRIPT_INIT"] = how } };
}
