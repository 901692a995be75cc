using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IdfKit.LocalCloud.Tests;

/// <summary>Pages of others, which a browser lets send requests to this machine, get nothing done; programs and own pages do.</summary>
public sealed class ForeignPageTests : BucketTests
{
    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    public async Task Request_of_a_foreign_page_is_refused_and_changes_nothing(string header, string value)
    {
        await PutAsync("inputs/there.idf", "1");
        using var put = await SendAsync(HttpMethod.Put, $"{Name}/inputs/new.idf", "2", (header, value));
        using var delete = await SendAsync(HttpMethod.Delete, $"{Name}/inputs/there.idf", null, (header, value));
        using var read = await SendAsync(HttpMethod.Get, $"{Name}/inputs/there.idf", null, (header, value));
        Assert.All((HttpResponseMessage[])[put, delete, read], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal("1", await GetAsync("inputs/there.idf"));
        Assert.False(File.Exists(Folder["bucket", "inputs", "new.idf"]));
    }

    [Fact]
    public async Task Form_of_a_page_of_the_same_origin_is_taken_and_one_of_another_is_not()
    {
        foreach (var (origin, site, expected) in ((string, string, HttpStatusCode)[])
            [
                (Bucket.Endpoint.GetLeftPart(UriPartial.Authority), "same-origin", HttpStatusCode.NoContent),
                ("https://evil.example", "cross-site", HttpStatusCode.Forbidden),
            ])
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("inputs/a.idf"), "key" }, { new StringContent("x"), "file", "a" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Bucket.Endpoint, Name)) { Content = form };
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await Http.SendAsync(request, Token);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("models.localhost")]
    [InlineData("[::1]")]
    public async Task Names_of_this_machine_are_its_own(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, "", null, ("Host", $"{host}:{Bucket.Endpoint.Port}"));
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Field_of_a_form_is_refused_at_its_limit_and_not_when_it_has_ended()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Bucket.Endpoint.Port, Token);
        await using var stream = client.GetStream();
        var head = $"POST /{Name} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Content-Length: 1000000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + new string('x', 64 * 1024)), Token);
        // The field never ends.
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer, Token);
        Assert.Contains("400 Bad Request", Encoding.UTF8.GetString(answer, 0, length), StringComparison.Ordinal);
    }
}
