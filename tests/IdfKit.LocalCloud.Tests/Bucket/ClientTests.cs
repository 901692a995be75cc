using System.Diagnostics;
using TestBed;

namespace IdfKit.LocalCloud.Tests;

/// <summary>Clients that nobody here wrote put, get, list, copy, sync and delete, each in its own way.</summary>
public sealed class ClientTests : BucketTests
{
    private const string Python = "python3";

    [Fact]
    public async Task Boto3_does_what_its_users_do()
    {
        Needs.That(await WorksAsync(Python, "-c", "import boto3"), Needs.Boto3);
        var said = await RunAsync(Python, Script("boto3_client.py"), Bucket.Endpoint.ToString(), Name);
        Assert.Equal("all done", said.Trim());
    }

    [Fact]
    public async Task Amazons_client_for_JavaScript_does_what_its_users_do()
    {
        var modules = Repository.PathOf("artifacts", "aws-sdk-js", "node_modules");
        Needs.That(Directory.Exists(Path.Combine(modules, "@aws-sdk", "client-s3")), Needs.AwsSdkForJavaScript);
        var said = await RunAsync("node", Script("sdk_client.cjs"), Bucket.Endpoint.ToString(), Name, modules);
        Assert.Equal("all done", said.Trim());
    }

    [Fact]
    public async Task S3cmd_puts_lists_copies_syncs_and_deletes()
    {
        Needs.That(Found("s3cmd"), Needs.S3cmd);
        var host = $"127.0.0.1:{Bucket.Endpoint.Port}";
        await File.WriteAllTextAsync(Folder["s3cmd.conf"], $"""
            [default]
            access_key = local
            secret_key = secret
            host_base = {host}
            host_bucket = {host}/%(bucket)s
            use_https = False

            """, Token);
        var tree = await TreeAsync();
        await S3CmdAsync("put", Path.Combine(tree, "a b+ü.idf"), $"s3://{Name}/inputs/");
        Assert.Contains("a b+ü.idf", await S3CmdAsync("ls", $"s3://{Name}/inputs/"), StringComparison.Ordinal);
        await S3CmdAsync("info", $"s3://{Name}");
        await S3CmdAsync("info", $"s3://{Name}/inputs/a b+ü.idf");
        await S3CmdAsync("cp", $"s3://{Name}/inputs/a b+ü.idf", $"s3://{Name}/copy.idf");
        Assert.Equal("Version,25.2;", await File.ReadAllTextAsync(Folder["bucket", "copy.idf"], Token));
        await S3CmdAsync("--multipart-chunk-size-mb=5", "sync", tree + "/", $"s3://{Name}/tree/");
        await IsSameAsync(tree, Folder["bucket", "tree"]);
        await S3CmdAsync("get", "--recursive", $"s3://{Name}/tree/", Folder["back"] + "/");
        await IsSameAsync(tree, Folder["back"]);
        // It writes the bucket before the host, also where the host is an address.
        var signed = (await S3CmdAsync("signurl", $"s3://{Name}/copy.idf", "+600")).Trim()
            .Replace($"{Name}.{host}/", $"{host}/{Name}/", StringComparison.Ordinal);
        Assert.Equal("Version,25.2;", await Http.GetStringAsync(signed, Token));
        await S3CmdAsync("del", "--recursive", "--force", $"s3://{Name}/tree/");
        Assert.Empty(FilesOf(Folder["bucket", "tree"]));

        Task<string> S3CmdAsync(params string[] arguments)
        {
            Directory.CreateDirectory(Folder["back"]);
            return RunAsync("s3cmd", ["-c", Folder["s3cmd.conf"], .. arguments]);
        }
    }

    [Fact]
    public async Task Rclone_copies_lists_checks_syncs_and_purges()
    {
        Needs.That(Found("rclone"), Needs.Rclone);
        var tree = await TreeAsync();
        await File.WriteAllTextAsync(Folder["rclone.conf"],
            $"[local]\ntype = s3\nprovider = Other\naccess_key_id = local\nsecret_access_key = secret\nendpoint = {Bucket.Endpoint}\n"
                + "upload_cutoff = 5Mi\nchunk_size = 5Mi\n", Token);
        await RcloneAsync("copy", tree, $"local:{Name}/tree");
        await IsSameAsync(tree, Folder["bucket", "tree"]);
        await RcloneAsync("check", tree, $"local:{Name}/tree");
        Assert.Contains("a b+ü.idf", await RcloneAsync("lsf", "-R", $"local:{Name}/tree"), StringComparison.Ordinal);
        await RcloneAsync("copyto", $"local:{Name}/tree/a b+ü.idf", $"local:{Name}/copy.idf");
        Assert.Equal("Version,25.2;", await RcloneAsync("cat", $"local:{Name}/copy.idf"));
        File.Delete(Path.Combine(tree, "a b+ü.idf"));
        await RcloneAsync("sync", tree, $"local:{Name}/tree");
        await IsSameAsync(tree, Folder["bucket", "tree"]);
        await RcloneAsync("copy", $"local:{Name}/tree", Folder["back"]);
        await IsSameAsync(tree, Folder["back"]);
        await RcloneAsync("purge", $"local:{Name}/tree");
        Assert.Empty(FilesOf(Folder["bucket", "tree"]));

        Task<string> RcloneAsync(params string[] arguments) => RunAsync("rclone", ["--config", Folder["rclone.conf"], .. arguments]);
    }

    [Fact]
    public async Task S3fs_mounts_the_bucket_as_a_folder()
    {
        Needs.That(OperatingSystem.IsLinux() && Found("s3fs") && File.Exists("/dev/fuse"), Needs.S3fs);
        var tree = await TreeAsync();
        var mount = Directory.CreateDirectory(Folder["mount"]).FullName;
        await File.WriteAllTextAsync(Folder["s3fs.password"], "local:secret", Token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder["s3fs.password"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await RunAsync("s3fs", Name, mount, "-o", $"url=http://127.0.0.1:{Bucket.Endpoint.Port}", "-o", "use_path_request_style",
            "-o", $"passwd_file={Folder["s3fs.password"]}", "-o", "multipart_size=5");
        try
        {
            await RunAsync("cp", "-r", tree + "/.", Path.Combine(mount, "tree"));
            await IsSameAsync(tree, Folder["bucket", "tree"]);
            await IsSameAsync(tree, Path.Combine(mount, "tree"));
            await RunAsync("mv", Path.Combine(mount, "tree", "a b+ü.idf"), Path.Combine(mount, "moved.idf"));
            Assert.Equal("Version,25.2;", await File.ReadAllTextAsync(Folder["bucket", "moved.idf"], Token));
            await RunAsync("rm", "-r", Path.Combine(mount, "tree"));
            Assert.Empty(FilesOf(Folder["bucket", "tree"]));
        }
        finally
        {
            await RunAsync("umount", mount);
        }
    }

    [Fact]
    public async Task Curl_that_waits_for_100_continue_is_answered_and_its_next_request_too()
    {
        Needs.That(Found("curl"), Needs.Curl);
        await File.WriteAllBytesAsync(Folder["large"], new byte[3_000_000], Token);
        string[] quietly = ["-s", "-w", "%{http_code}\n", "-o", Folder["answer"]];
        string[] put = [.. quietly, "-H", "Expect: 100-continue", "-T", Folder["large"]];
        var address = $"{Bucket.Endpoint}{Name}";
        var said = await RunAsync(
            "curl", [.. put, $"{address}/x?policy", "--next", .. put, $"{address}/y", "--next", .. quietly, $"{address}/none"]);
        Assert.Equal("501\n200\n404\n", said);
        Assert.Equal(3_000_000, new FileInfo(Folder["bucket", "y"]).Length);
    }

    private async Task<string> TreeAsync()
    {
        Directory.CreateDirectory(Folder["tree", "sub"]);
        await File.WriteAllTextAsync(Folder["tree", "a b+ü.idf"], "Version,25.2;", Token);
        var large = new byte[12_000_000];
        new Random(2).NextBytes(large);
        await File.WriteAllBytesAsync(Folder["tree", "sub", "large.epw"], large, Token);
        return Folder["tree"];
    }

    private static string[] FilesOf(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];

    private static async Task IsSameAsync(string expected, string actual)
    {
        var names = FilesOf(expected).Select(path => Path.GetRelativePath(expected, path)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names, FilesOf(actual).Select(path => Path.GetRelativePath(actual, path)).Order(StringComparer.Ordinal));
        foreach (var name in names)
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(actual, name), Token);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(expected, name), Token), content);
        }
    }

    private static string Script(string name) => Repository.PathOf("tests", "IdfKit.LocalCloud.Tests", "Bucket", name);

    private static bool Found(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<bool> WorksAsync(string program, params string[] arguments)
    {
        if (!Found(program)) return false;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["AWS_ACCESS_KEY_ID"] = "local";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "secret";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_CONFIG_FILE"] = Folder["no-such-file"];
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await error}");
        return await output;
    }
}
