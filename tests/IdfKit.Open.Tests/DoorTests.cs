using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using IdfKit.Cli;
using IdfKit.Cli.Open;
using IdfKit.Cli.Places;

using TestBed;

namespace IdfKit.Open.Tests;

/// <summary>Who is answered by the page's server, over HTTP.</summary>
public sealed class DoorTests
{
    private static readonly string[] Reads =
    [
        "/", "/start.js", "/style.css", "/api/events", "/api/run?folder=a", "/api/compare?run=a&run=b", "/api/table.csv",
        "/files/0/ra/report.html",
        "/?token=", "/?token=0", "/start.js?token=0",
    ];

    [Fact]
    public async Task Without_the_token_everything_is_refused_by_a_sentence()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        foreach (var path in Reads)
        {
            using var answer = await SendAsync(tool, new(HttpMethod.Get, path));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
            Assert.Contains("idfkit open", await TextAsync(answer), StringComparison.Ordinal);
        }
        foreach (var path in (string[])["/api/retry", "/api/drop?drop=aaaaaaaa&path=x.idf", "/api/serve"])
        {
            using var answer = await SendAsync(tool, Write(HttpMethod.Post, path, "{}"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Token_of_the_address_opens_the_page_and_becomes_a_cookie_that_no_script_and_no_other_site_has()
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        using var page = await SendAsync(tool, new(HttpMethod.Get, tool.Address.PathAndQuery));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        using var script = await SendAsync(tool, Known(tool, new(HttpMethod.Get, "/start.js")));
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }

    [Fact]
    public async Task Each_start_has_another_token()
    {
        await using var bucket = new Bucket();
        await using var one = await OpenedTool.StartAsync(bucket.Path);
        await using var other = await OpenedTool.StartAsync(bucket.Path);
        Assert.NotEqual(one.Token, other.Token);
        Assert.InRange(one.Token.Length, 64, 256);
    }

    [Theory]
    [InlineData("example.org")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost.example.org")]
    [InlineData("127.0.0.1.nip.io:80")]
    public async Task Foreign_host_is_refused_even_with_the_token(string host)
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        foreach (var path in (string[])["/", tool.Address.PathAndQuery, "/api/table.csv"])
        {
            var request = Known(tool, new(HttpMethod.Get, path));
            request.Headers.Host = host;
            using var answer = await SendAsync(tool, request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(host, await TextAsync(answer), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://localhost")]
    public async Task Foreign_origin_is_refused_even_with_the_token_and_our_header(string origin)
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        foreach (var request in (HttpRequestMessage[])[new(HttpMethod.Get, "/api/table.csv"), Write(HttpMethod.Post, "/api/retry", "{}")])
        {
            request.Headers.Add("Origin", origin);
            using var answer = await SendAsync(tool, Known(tool, request));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Write_without_our_header_changes_nothing()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a", Runs.RunStatus.Failed, "fatal");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        var before = (await bucket.Files.StatAsync("inputs/a.idf")).Modified;
        foreach (var (method, path) in ((string, string)[])
            [
                ("POST", "/api/retry"), ("PUT", "/api/drop?drop=aaaaaaaa&path=x.idf"), ("POST", "/api/serve"),
                ("DELETE", "/api/drop?drop=aaaaaaaa"),
            ])
        {
            var request = Known(tool, new(new(method), path) { Content = new StringContent("{}") });
            using var answer = await SendAsync(tool, request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("X-Idfkit", await TextAsync(answer), StringComparison.Ordinal);
        }
        Assert.Equal(before, (await bucket.Files.StatAsync("inputs/a.idf")).Modified);
        Assert.False(Directory.Exists(Path.Combine(bucket.Path, ".idfkit")));
    }

    [Fact]
    public async Task Every_answer_forbids_what_it_does_not_need()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        var key = await FileKeyAsync(tool);
        var files = $"/files/{key}/ra";
        foreach (var path in (string[])["/", "/start.js", "/nothing", files + "/report.html", files + "/nothing", "/api/run?folder=a"])
        {
            using var answer = await SendAsync(tool, Known(tool, new(HttpMethod.Get, path)));
            Assert.Equal("nosniff", Single(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Single(answer, "Referrer-Policy"));
            var policy = Single(answer, "Content-Security-Policy");
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'unsafe", policy, StringComparison.Ordinal);
        }
        using var report = await SendAsync(tool, new(HttpMethod.Get, $"/files/{key}/ra/report.html"));
        Assert.Equal(HttpStatusCode.OK, report.StatusCode);
        Assert.StartsWith("sandbox;", Single(report, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ra/../../../inputs/a.idf")]
    [InlineData("ra/%2e%2e/%2e%2e/inputs/a.idf")]
    [InlineData("ra/..%2f..%2finputs%2fa.idf")]
    [InlineData("r..%2f..%2finputs/a.idf")]
    [InlineData("r%2e%2e/inputs/a.idf")]
    [InlineData("r/etc/passwd")]
    [InlineData("r%2Fetc/passwd")]
    [InlineData("ra/secret.txt")]
    [InlineData("ra/%00")]
    [InlineData("ra/%ff%fe")]
    [InlineData("ra/")]
    [InlineData("r")]
    public async Task Only_files_that_a_record_lists_are_given_out(string rest)
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        var secret = Path.Combine(bucket.Path, "outputs", "a", "secret.txt");
        await File.WriteAllTextAsync(secret, "secret\n", TestContext.Current.CancellationToken);
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        var text = await RawAsync(tool, $"/files/{await FileKeyAsync(tool)}/{rest}");
        Assert.Matches("^HTTP/1.1 (403|404|409|502|400) ", text);
        Assert.DoesNotContain("secret\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Building", text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x.idf")]
    [InlineData("a/../../x.idf")]
    [InlineData("/x.idf")]
    [InlineData("")]
    [InlineData("a//b.idf")]
    [InlineData("a\0.idf")]
    public async Task Hostile_name_of_a_dropped_file_is_a_sentence_and_leaves_nothing(string name)
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        var request = Known(tool, Write(HttpMethod.Put, $"/api/drop?drop=aaaaaaaa&path={Uri.EscapeDataString(name)}", "Version,25.2;"));
        using var answer = await SendAsync(tool, request);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.DoesNotContain("   at ", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bucket.Path, "inputs")));
    }

    [Fact]
    public async Task Nonsense_in_requests_is_a_sentence()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        List<HttpRequestMessage> all =
        [
            Write(HttpMethod.Post, "/api/retry", "nonsense"), Write(HttpMethod.Post, "/api/retry", "[]"),
            Write(HttpMethod.Post, "/api/retry", "{\"folders\":7}"),
            Write(HttpMethod.Post, "/api/drop?drop=../../x", "{}"), Write(HttpMethod.Post, "/api/drop?drop=aaaaaaaa", "{}"),
            Write(HttpMethod.Put, "/api/drop?drop=..&path=x.idf", "x"), Write(HttpMethod.Post, "/api/nothing", "{}"),
            new(HttpMethod.Get, "/api/run?folder=../../etc"), new(HttpMethod.Get, "/api/run?folder=nothing"),
            new(HttpMethod.Get, "/api/compare?run=a"),
            new(HttpMethod.Get, "/api/compare?run=a&run=%00"), new(HttpMethod.Get, "/nothing/%0a%1b[31m"),
        ];
        foreach (var request in all)
        {
            var what = $"{request.Method} {request.RequestUri}";
            using var answer = await SendAsync(tool, Known(tool, request));
            var text = await TextAsync(answer);
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{what}: {answer.StatusCode}");
            Assert.True(text.Trim().Length > 20 && !text.Contains("   at ", StringComparison.Ordinal), $"{what}: {text}");
            Assert.DoesNotContain('\u001b', text);
        }
    }

    [Fact]
    public async Task Runs_that_several_pages_want_again_at_once_are_put_once()
    {
        await using var bucket = new Bucket();
        for (var at = 0; at < 60; at++) await bucket.EndAsync($"bad{at}", Runs.RunStatus.Failed, "fatal");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await FileKeyAsync(tool); // by then all runs are known
        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await SendAsync(tool, Known(tool, Write(HttpMethod.Post, "/api/retry", "{}")));
            return await TextAsync(answer);
        }));
        Assert.Equal(60, texts.Sum(text => JsonDocument.Parse(text).RootElement.GetProperty("put").GetInt32()));
    }

    [Fact]
    public async Task Drop_that_cannot_be_put_leaves_nothing_behind()
    {
        using var temporary = new TemporaryFolder();
        await using var bucket = new Bucket();
        var variables = new Dictionary<string, string> { ["TMPDIR"] = temporary.Path };
        await using var tool = await OpenedTool.StartAsync(bucket.Path, variables);
        using var taken = await SendAsync(tool, Known(tool, Write(HttpMethod.Put, "/api/drop?drop=aaaaaaaa&path=README.md", "x")));
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        using var answer = await SendAsync(tool, Known(tool, Write(HttpMethod.Post, "/api/drop?drop=aaaaaaaa", "{}")));
        Assert.Contains("no model", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(Directory.GetDirectories(temporary.Path, "idfkit-open-*"))));
    }

    [Fact]
    public async Task File_that_is_gzip_by_its_record_is_given_out_as_such()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        var record = Runs.RunRecordFile.FromJson(await bucket.Files.ReadBytesAsync("outputs/a/run.json"))!;
        var files = record.Files!.Select(file => file.Path == "eplusout.err" ? file with { ContentEncoding = "gzip" } : file);
        await bucket.WriteAsync("a", record with { Files = [.. files] });
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        using var answer = await SendAsync(tool, new(HttpMethod.Get, $"/files/{await FileKeyAsync(tool)}/ra/eplusout.err"));
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    [Fact]
    public async Task Record_of_megabytes_is_refused_by_a_sentence()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a");
        await bucket.Files.WriteBytesAsync("outputs/a/run.json", new byte[2 << 20]);
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        using var answer = await SendAsync(tool, Known(tool, new(HttpMethod.Get, "/api/run?folder=a")));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("larger than", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browser_is_given_a_file_of_the_users_own_and_never_the_token()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no xdg-open.");
        using var folder = new TemporaryFolder();
        const string Browser = """
            #!/bin/sh
            { echo "$@"; stat -c %a "$1"; ps -o sid= -p $$ | tr -d ' '; echo $$; cat "$1"; } >"$SHOWN.part"
            mv "$SHOWN.part" "$SHOWN"
            """;
        await File.WriteAllTextAsync(folder["xdg-open"], Browser, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["xdg-open"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.ShowAsync(bucket.Path, new Dictionary<string, string>
        {
            ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["DISPLAY"] = ":0", ["SHOWN"] = folder["shown"],
        });
        while (!File.Exists(folder["shown"])) await Task.Delay(20, TestContext.Current.CancellationToken);
        var said = await File.ReadAllLinesAsync(folder["shown"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain(tool.Token, said[0], StringComparison.Ordinal);
        Assert.Equal("600", said[1]);
        Assert.Equal(said[3], said[2]); // a session of its own
        Assert.Contains(tool.Address.AbsoluteUri, said[4], StringComparison.Ordinal);
        Assert.Equal(0, await tool.StopAsync());
        Assert.False(File.Exists(said[0]));
    }

    [Fact]
    public async Task Folder_without_a_name_is_not_served()
    {
        var session = new OpenSession(new() { Place = "", Serves = true });
        var refused = await Assert.ThrowsAsync<AddressException>(() => session.RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("is no place", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_put_while_no_page_is_open_is_looked_at_once()
    {
        await using var bucket = new Bucket();
        await using var opened = new OpenedPlace(PlaceAddress.Open(bucket.Path));
        await using var service = new LocalService(opened);
        var time = new CountingTime();
        var feed = new RunFeed(opened, service, time);
        using var over = new CancellationTokenSource();
        feed.Nudge();
        var looking = feed.LookAsync(over.Token);
        await feed.AfterAsync(0, TestContext.Current.CancellationToken);
        feed.Nudge();
        await Task.Delay(300, TestContext.Current.CancellationToken); // shorter, it would only see less
        Assert.InRange(time.Timers, 1, 2);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
    }

    [Fact]
    public async Task Folder_that_is_removed_is_told_of_until_it_is_there_again()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a", eui: 1);
        await using var opened = new OpenedPlace(PlaceAddress.Open(bucket.Path));
        await using var service = new LocalService(opened);
        var feed = new RunFeed(opened, service, TimeProvider.System);
        using var over = new CancellationTokenSource();
        using var page = feed.Open();
        var looking = feed.LookAsync(over.Token);
        await UntilAsync(state => state is { Trouble: null, Runs.Count: 1 });
        Directory.Move(bucket.Path, bucket.Path + ".moved");
        var gone = await UntilAsync(state => state.Trouble is not null);
        Assert.Contains("is no longer there", gone.Trouble, StringComparison.Ordinal);
        Assert.Single(gone.Runs);
        Directory.Move(bucket.Path + ".moved", bucket.Path);
        await UntilAsync(state => state is { Trouble: null, Runs.Count: 1 });
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);

        async Task<PageState> UntilAsync(Func<PageState, bool> holds)
        {
            var state = feed.State;
            while (!holds(state)) state = await feed.AfterAsync(state.Version, TestContext.Current.CancellationToken);
            return state;
        }
    }

    private sealed class CountingTime : TimeProvider
    {
        private int _timers;

        public int Timers => _timers;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static HttpRequestMessage Write(HttpMethod method, string path, string body)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        request.Headers.Add(Door.WriteHeader, "1");
        return request;
    }

    private static HttpRequestMessage Known(OpenedTool tool, HttpRequestMessage request)
    {
        request.Headers.Add("Cookie", $"idfkit-{tool.Port}={tool.Token}");
        return request;
    }

    private static async Task<HttpResponseMessage> SendAsync(OpenedTool tool, HttpRequestMessage request)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = tool.Root };
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The first news that the page is told have it.</summary>
    private static async Task<string> FileKeyAsync(OpenedTool tool)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = tool.Root };
        using var request = Known(tool, new(HttpMethod.Get, "/api/events"));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Split("\"file_key\":\"") is [_, var rest]) return rest[..64];
        throw new InvalidOperationException("The events ended.");
    }

    /// <summary>As it stands, which a client would tidy up.</summary>
    private static async Task<string> RawAsync(OpenedTool tool, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, tool.Root.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var head = $"Host: 127.0.0.1:{tool.Port}\r\nCookie: idfkit-{tool.Port}={tool.Token}\r\nConnection: close";
        var request = $"GET {target} HTTP/1.1\r\n{head}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string Single(HttpResponseMessage answer, string header) => Assert.Single(answer.Headers.GetValues(header));

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
