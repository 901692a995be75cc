using System.Diagnostics;
using TestBed;

namespace IdfKit.LocalCloud.Tests;

public sealed class OwnerTests : FunctionTests
{
    [Theory]
    [InlineData("TERM", """{"do":"hang"}""")]
    [InlineData("HUP", """{"do":"hang"}""")]
    [InlineData("KILL", "{}")]
    [InlineData("KILL", """{"do":"hang"}""")]
    public async Task An_owner_that_is_killed_leaves_no_function_behind(string signal, string work)
    {
        Needs.That(!OperatingSystem.IsWindows(), Needs.Linux);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "LambdaOwner"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.ArgumentList.Add(Bootstrap);
        start.ArgumentList.Add(work);
        start.Environment["TMPDIR"] = Folder.Path;
        using var owner = Process.Start(start)!;
        var function = int.Parse((await owner.StandardOutput.ReadLineAsync(Token))!["init ".Length..]);
        Assert.StartsWith("start ", await owner.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);
        Assert.True(IsRunning(function));
        await TestBed.Signals.SendAsync(signal, owner.Id, Token);
        await owner.WaitForExitAsync(Token);
        await GoneAsync(function);
        while (Directory.GetDirectories(Folder.Path, "idfkit-lambda-*").Length > 0) await Task.Delay(20, Token);
    }
}
