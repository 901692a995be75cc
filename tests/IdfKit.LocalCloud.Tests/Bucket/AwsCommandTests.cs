using System.Diagnostics;
using TestBed;

namespace IdfKit.LocalCloud.Tests;

public sealed class AwsCommandTests : BucketTests
{
    [Fact]
    public async Task Cp_ls_sync_and_rm_of_the_aws_command_work()
    {
        await File.WriteAllTextAsync(Folder["a b+ü.idf"], "Version,25.2;", Token);
        await AwsAsync("s3", "cp", Folder["a b+ü.idf"], $"s3://{Name}/inputs/");
        Assert.Equal("Version,25.2;", await File.ReadAllTextAsync(Folder["bucket", "inputs", "a b+ü.idf"], Token));
        Assert.Contains("a b+ü.idf", await AwsAsync("s3", "ls", $"s3://{Name}/inputs/"), StringComparison.Ordinal);
        Assert.Contains(Name, await AwsAsync("s3", "ls"), StringComparison.Ordinal);
        Assert.Equal("Version,25.2;", await AwsAsync("s3", "cp", $"s3://{Name}/inputs/a b+ü.idf", "-"));

        var large = new byte[20_000_000];
        new Random(1).NextBytes(large);
        Directory.CreateDirectory(Folder["tree", "sub"]);
        await File.WriteAllBytesAsync(Folder["tree", "sub", "large.epw"], large, Token);
        await AwsAsync("s3", "sync", Folder["tree"], $"s3://{Name}/tree");
        Assert.Equal(large, await File.ReadAllBytesAsync(Folder["bucket", "tree", "sub", "large.epw"], Token));
        Assert.Equal("", await AwsAsync("s3", "sync", Folder["tree"], $"s3://{Name}/tree"));
        await AwsAsync("s3", "cp", "--recursive", $"s3://{Name}/tree", Folder["back"]);
        Assert.Equal(large, await File.ReadAllBytesAsync(Folder["back", "sub", "large.epw"], Token));
        await AwsAsync("s3", "mv", $"s3://{Name}/tree/sub/large.epw", $"s3://{Name}/moved.epw");
        await AwsAsync("s3", "rm", "--recursive", $"s3://{Name}/");
        Assert.Empty(Directory.GetFiles(Folder["bucket"], "*.epw", SearchOption.AllDirectories));
    }

    private async Task<string> AwsAsync(params string[] arguments)
    {
        Needs.That(Program() is not null, Needs.AwsCommand);
        var start = new ProcessStartInfo(Program()!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--endpoint-url", Bucket.Endpoint.ToString(), .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = Folder["no-such-file"];
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"aws {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        return await output;
    }

    private static string? Program() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "aws")).FirstOrDefault(File.Exists);
}
