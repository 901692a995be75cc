using Amazon.Runtime;
using Amazon.S3;

using IdfKit.Runs;
using IdfKit.Storage;
using IdfKit.Storage.S3;

using Microsoft.Playwright;

using TestBed;

[assembly: AssemblyFixture(typeof(RgwServer))]

namespace IdfKit.Open.Tests;

/// <summary>The page over places that are no folder: a bucket of a real S3 server, and what <c>idfkit dev</c> serves.</summary>
public sealed class ElsewhereTests(Chromium chromium, RgwServer rgw)
{
    [Fact]
    public async Task Page_over_a_bucket_lists_takes_drops_opens_reports_and_puts_again()
    {
        var name = RgwServer.NewBucketName();
        using var s3 = new AmazonS3Client(rgw.AccessKeyId, rgw.SecretAccessKey, new AmazonS3Config
        {
            ServiceURL = rgw.EndpointUrl.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });
        await s3.PutBucketAsync(name, TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_S3"] = rgw.EndpointUrl.AbsoluteUri, ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = rgw.AccessKeyId, ["AWS_SECRET_ACCESS_KEY"] = rgw.SecretAccessKey,
        };
        await using var bucket = new Bucket(new AsyncS3FileSystem(name, new S3FileSystemOptions
        {
            EndpointUrl = rgw.EndpointUrl, Region = "us-east-1", Credentials = new S3Credentials(rgw.AccessKeyId, rgw.SecretAccessKey),
        }));
        await bucket.EndAsync("büro 1", eui: 100);
        await bucket.EndAsync("broken", RunStatus.Failed, "fatal", "It has no floor.");
        await using var tool = await OpenedTool.StartAsync("s3://" + name, variables);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("büro 1", "completed");
        await OpensAsync(browser, page, "büro 1.idf", "Report of the run");

        await page.DropAsync(("new.idf", DesignDays.Model));
        await page.SaysAsync("#drop-said", "1 model put");
        await page.RowSaysAsync("new.idf", "waiting");
        Assert.Equal(DesignDays.Model, await bucket.Files.ReadTextAsync("inputs/new.idf"));
        await bucket.BeginAsync("new");
        await page.RowSaysAsync("new.idf", "running");
        await bucket.EndAsync("new", eui: 50, model: DesignDays.Model);
        await page.RowSaysAsync("new.idf", "completed");

        await page.Page.Locator("#retry-failed").ClickAsync();
        await page.SaysAsync("#done", "1 model put again.");
        Assert.True(await page.Page.Locator("#service").IsHiddenAsync());
        Assert.Equal(0, await tool.StopAsync());
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Page_over_what_dev_serves_runs_what_is_dropped()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };
        await using var dev = IdfkitProcess.Start(variables, "dev", folder.Path);
        var endpoint = await dev.SaysAsync(new System.Text.RegularExpressions.Regex(@"(?<=Endpoint  )http://127\.0\.0\.1:\d+"));
        await dev.SaysAsync("Ctrl-C stops");
        await using var tool = await OpenedTool.StartAsync(endpoint);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.DropAsync(("office.idf", DesignDays.Model), ("broken.idf", DesignDays.Model + "\nConstruction,C,no such material;\n"));
        await page.SaysAsync("#drop-said", "2 models put");
        await page.RowSaysAsync("office.idf", "completed");
        await page.RowSaysAsync("broken.idf", "failed");
        await OpensAsync(browser, page, "office.idf", "office");
        var first = await File.ReadAllTextAsync(folder["outputs", "broken", "run.json"], TestContext.Current.CancellationToken);
        await page.Page.Locator("#retry-failed").ClickAsync();
        await page.SaysAsync("#done", "1 model put again.");
        while (await File.ReadAllTextAsync(folder["outputs", "broken", "run.json"], TestContext.Current.CancellationToken) == first)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await page.RowSaysAsync("broken.idf", "failed");
        Assert.Equal(0, await tool.StopAsync());
        Assert.Empty(page.Faults);
    }

    private static async Task OpensAsync(IBrowserContext browser, OpenedPage page, string name, string text)
    {
        var link = page.Page.GetByRole(AriaRole.Link, new() { Name = name });
        var report = await browser.RunAndWaitForPageAsync(() => link.ClickAsync());
        await report.Locator("body").Filter(new() { HasText = text }).WaitForAsync();
        await report.CloseAsync();
    }
}
