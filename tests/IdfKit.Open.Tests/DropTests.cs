using System.Text.Json;

using Microsoft.Playwright;

using TestBed;

namespace IdfKit.Open.Tests;

/// <summary>Models dropped on the page and run by the real EnergyPlus.</summary>
public sealed class DropTests(Chromium chromium)
{
    [Fact]
    public async Task Dropped_model_is_put_run_and_its_report_opens()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };
        await using var tool = await OpenedTool.StartAsync(folder["bucket"], variables, "--serve");
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.Page.Locator("#drop").WaitForAsync();
        await page.DropAsync(("office.idf", DesignDays.Model));
        await page.SaysAsync("#drop-said", "1 model put");
        await page.RowSaysAsync("office.idf", "completed");
        var link = page.Page.GetByRole(AriaRole.Link, new() { Name = "office.idf" });
        var report = await browser.RunAndWaitForPageAsync(() => link.ClickAsync());
        await report.GetByRole(AriaRole.Heading).First.WaitForAsync();
        Assert.Contains("office", await report.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await tool.StopAsync());
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Folder_that_nobody_serves_is_served_by_the_button()
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string> { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };
        await using var tool = await OpenedTool.StartAsync(folder.Path, variables);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        Assert.True(await page.Page.Locator("#drop").IsHiddenAsync());
        await page.Page.Locator("#serve").ClickAsync();
        await page.Page.Locator("#drop").WaitForAsync();
        await page.Page.Locator("#service").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await page.Page.Locator("#files").SetInputFilesAsync(new FilePayload
        {
            Name = "b.idf", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(DesignDays.Model),
        });
        await page.RowSaysAsync("b.idf", "completed");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Dropped_models_get_the_weather_the_label_and_the_tags_that_the_page_names()
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.Page.Locator("#weather").SetInputFilesAsync(RealParts.Weather("Golden"));
        await page.Page.Locator("#label").FillAsync("Büro <b>");
        await page.Page.Locator("#tags").FillAsync("season=winter, storeys=2");
        await page.DropAsync(("a.idf", DesignDays.Model), ("b.idf", DesignDays.Model));
        await page.SaysAsync("#drop-said", "2 models put, 5 files");
        var name = System.IO.Path.GetFileName(RealParts.Weather("Golden"));
        Assert.True(File.Exists(System.IO.Path.Combine(bucket.Path, "inputs", "weather", name)));
        foreach (var model in (string[])["a", "b"])
        {
            var path = System.IO.Path.Combine(bucket.Path, "inputs", model + ".job.json");
            using var job = JsonDocument.Parse(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal("Büro <b>", job.RootElement.GetProperty("label").GetString());
            Assert.Equal("winter", job.RootElement.GetProperty("tags").GetProperty("season").GetString());
            Assert.EndsWith("/weather/" + name, job.RootElement.GetProperty("weather").GetString(), StringComparison.Ordinal);
        }
        Assert.Empty(page.Faults);

        await page.Page.Locator("#tags").FillAsync("winter");
        await page.DropAsync(("c.idf", DesignDays.Model));
        await page.SaysAsync("#drop-said", "'winter' is no KEY=VALUE; write season=summer into Tags.");
        Assert.False(File.Exists(System.IO.Path.Combine(bucket.Path, "inputs", "c.idf")));

        await page.Page.Locator("#tags").FillAsync("");
        await page.DropAsync(("c.zip", "a bundle, or not"));
        await page.SaysAsync("#refused-list", "'Weather of all', 'Run the whole weather file', Label and Tags do not reach into it.");
    }

    [Theory]
    [InlineData("ENERGYPLUS_DIR", "/none/energyplus")]
    [InlineData("IDFKIT_BOOTSTRAP", "/none/bootstrap")]
    public async Task Folder_that_cannot_be_served_is_not_said_to_be(string variable, string value)
    {
        using var folder = new TemporaryFolder();
        var variables = new Dictionary<string, string> { [variable] = value };
        await using var tool = await OpenedTool.StartAsync(folder.Path, variables, "--serve");
        await tool.SaysAsync(new(@"idfkit open: Models in .* are not run here: .*" + value));
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.SaysAsync("#service-why", value);
        await page.Page.Locator("#serve").ClickAsync();
        await page.SaysAsync("#done", value);
        Assert.StartsWith("Models in ", await page.Page.Locator("#done").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await tool.StopAsync());
        Assert.DoesNotContain("from now on", tool.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no longer run", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_model_is_named_with_its_sentence_and_the_others_are_put_when_asked()
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.DropAsync(("good.idf", DesignDays.Model), ("bad.idf", "this is no model"));
        await page.SaysAsync("#drop-said", "1 model would be refused, and nothing was put yet.");
        await page.SaysAsync("#refused-list", "bad.idf");
        Assert.DoesNotContain("/tmp/", await page.Page.Locator("#refused-list").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(System.IO.Path.Combine(bucket.Path, "inputs")));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Put the other 1" }).DblClickAsync();
        await page.SaysAsync("#drop-said", "1 model put");
        await page.RowSaysAsync("good.idf", "waiting");
        var put = Assert.Single(Directory.GetFiles(System.IO.Path.Combine(bucket.Path, "inputs")));
        Assert.Equal("good.idf", System.IO.Path.GetFileName(put));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Folder_that_is_dropped_keeps_its_paths_and_brings_what_its_models_name()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["models/a"]);
        var model = DesignDays.Model + "\nSchedule:File, FromFile, , values.csv, 1, 0, 8760, Comma, No, 60;\n";
        await File.WriteAllTextAsync(folder["models/a/x.idf"], model, TestContext.Current.CancellationToken);
        var values = string.Join('\n', Enumerable.Repeat("1", 8760));
        await File.WriteAllTextAsync(folder["models/a/values.csv"], values, TestContext.Current.CancellationToken);
        foreach (var old in (string[])["README.md", "a/x.study.csv", "a/eplusout.sql"])
            await File.WriteAllTextAsync(folder["models/" + old], "of long ago", TestContext.Current.CancellationToken);
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.Page.Locator("#folder").SetInputFilesAsync(folder["models"]);
        await page.SaysAsync("#drop-said", "1 model put, 2 files");
        await page.SaysAsync("#drop-said", "3 other files left out");
        Assert.Equal(2, Directory.GetFiles(System.IO.Path.Combine(bucket.Path, "inputs"), "*", SearchOption.AllDirectories).Length);
        Assert.True(File.Exists(System.IO.Path.Combine(bucket.Path, "inputs/a/x.idf")));
        Assert.True(File.Exists(System.IO.Path.Combine(bucket.Path, "inputs/a/values.csv")));
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task File_that_is_dropped_by_itself_goes_with_the_models()
    {
        await using var bucket = new Bucket();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.DropAsync(("x.idf", DesignDays.Model), ("x.study.csv", "name\na\n"));
        await page.SaysAsync("#drop-said", "1 model put, 2 files");
        Assert.True(File.Exists(System.IO.Path.Combine(bucket.Path, "inputs/x.study.csv")));
    }

    [Fact]
    public async Task File_that_cannot_be_taken_ends_the_drop_and_nothing_of_it_stays()
    {
        using var temporary = new TemporaryFolder();
        await using var bucket = new Bucket();
        var variables = new Dictionary<string, string> { ["TMPDIR"] = temporary.Path };
        await using var tool = await OpenedTool.StartAsync(bucket.Path, variables);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        var others = Enumerable.Range(0, 40).Select(at => ($"m{at}.idf", DesignDays.Model));
        await page.DropAsync([("same.idf", DesignDays.Model), ("same.idf", DesignDays.Model), .. others]);
        await page.SaysAsync("#drop-said", "same.idf");
        Assert.Contains("same.idf", await page.Page.Locator("#drop-said").InnerTextAsync(), StringComparison.Ordinal);
        var session = Assert.Single(Directory.GetDirectories(temporary.Path, "idfkit-open-*"));
        Assert.Empty(Directory.GetFileSystemEntries(session));
        Assert.Empty(Directory.GetFileSystemEntries(System.IO.Path.Combine(bucket.Path, "inputs")));
    }
}
