using System.Globalization;

using IdfKit.Runs;

using Microsoft.Playwright;

namespace IdfKit.Open.Tests;

/// <summary>The page in a real browser, over recorded runs.</summary>
public sealed class PageTests(Chromium chromium)
{
    [Fact]
    public async Task Runs_of_a_folder_are_listed_and_a_report_opens_without_rights()
    {
        await using var bucket = new Bucket();
        const string Script = "<script>document.body.append('script ' + 'ran')</script>";
        await bucket.EndAsync("office", eui: 100, report: $"<p>The report</p>{Script}<a href='./eplusout.err'>its messages</a>");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("office", "completed");
        Assert.EndsWith("/", page.Page.Url, StringComparison.Ordinal); // without the token
        var link = page.Page.GetByRole(AriaRole.Link, new() { Name = "office.idf" });
        var report = await browser.RunAndWaitForPageAsync(() => link.ClickAsync());
        await report.GetByText("The report").WaitForAsync();
        Assert.DoesNotContain("script ran", await report.ContentAsync(), StringComparison.Ordinal);
        await report.GetByRole(AriaRole.Link, new() { Name = "its messages" }).ClickAsync();
        await report.GetByText("of EnergyPlus").WaitForAsync();
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task File_that_the_systems_browser_is_given_leads_to_the_page()
    {
        using var folder = new TestBed.TemporaryFolder();
        await File.WriteAllTextAsync(folder["xdg-open"], "#!/bin/sh\necho \"$1\" >\"$SHOWN.part\"\nmv \"$SHOWN.part\" \"$SHOWN\"\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["xdg-open"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var bucket = new Bucket();
        await bucket.EndAsync("office", eui: 100);
        await using var tool = await OpenedTool.ShowAsync(bucket.Path, new Dictionary<string, string>
        {
            ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["DISPLAY"] = ":0", ["SHOWN"] = folder["shown"],
        });
        while (!File.Exists(folder["shown"])) await Task.Delay(20, TestContext.Current.CancellationToken);
        var file = (await File.ReadAllTextAsync(folder["shown"], TestContext.Current.CancellationToken)).Trim();
        await using var browser = await chromium.OpenAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync("file://" + file);
        await page.Locator("#rows [role=row]").Filter(new() { HasText = "office" }).WaitForAsync();
        await page.ReloadAsync();
        await page.Locator("#rows [role=row]").Filter(new() { HasText = "office" }).WaitForAsync();
    }

    [Fact]
    public async Task Changes_appear_by_themselves_in_two_tabs()
    {
        await using var bucket = new Bucket();
        await bucket.BeginAsync("office");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var one = await OpenedPage.OpenAsync(browser, tool.Address);
        await using var other = await OpenedPage.OpenAsync(browser, tool.Root);
        await one.RowSaysAsync("office", "running");
        await other.RowSaysAsync("office", "running");
        await bucket.EndAsync("office", eui: 100);
        await bucket.EndAsync("second", RunStatus.Failed, "fatal", "EnergyPlus stopped with 1 fatal error.");
        foreach (var page in (OpenedPage[])[one, other])
        {
            await page.RowSaysAsync("office", "completed");
            await page.RowSaysAsync("second", "failed");
            await page.SaysAsync("#failures", "1 × fatal");
            Assert.Empty(page.Faults);
        }
    }

    [Fact]
    public async Task Failed_runs_are_grouped_by_cause_and_run_again_together_or_alone()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("good", eui: 1);
        for (var at = 0; at < 5; at++)
            await bucket.EndAsync($"bad{at}", RunStatus.Failed, "fatal", $"EnergyPlus stopped with {at + 1} fatal errors.");
        await bucket.EndAsync("other", RunStatus.Rejected, "no_weather", "There is no weather.");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.SaysAsync("#failures", "5 × fatal");
        await page.SaysAsync("#failures", "1 × no weather");
        await page.SaysAsync("#failures", "There is no weather.");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Run all no weather again" }).ClickAsync();
        await page.SaysAsync("#done", "1 model put again.");
        await page.RowSaysAsync("other", "waiting");
        await page.Rows.Filter(new() { HasText = "good" }).Locator(".pick").ClickAsync();
        await page.Page.Locator("#retry").ClickAsync();
        await page.RowSaysAsync("good", "waiting");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Run all 5 failed again" }).ClickAsync();
        await page.SaysAsync("#done", "5 models put again.");
        await page.RowSaysAsync("bad4", "waiting");
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Runs_are_compared_side_by_side_with_what_differs_in_their_models()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a", eui: 100, model: "Version,25.2;\nBuilding,B,0;\n");
        await bucket.EndAsync("b", eui: 125, model: "Version,25.2;\nBuilding,B,45;\n");
        await bucket.EndAsync("c", eui: 50, model: "Version,25.2;\nBuilding,B,90;\n");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        foreach (var name in (string[])["a.idf", "b.idf", "c.idf"])
            await page.Rows.Filter(new() { HasText = name }).Locator(".pick").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare 3 chosen" }).ClickAsync();
        await page.SaysAsync("#comparison", "3 runs compared");
        await page.SaysAsync("#comparison", "+25.0 %");
        await page.SaysAsync("#comparison", "-50.0 %");
        Assert.Contains("0 → 45", await page.Page.Locator("#comparison").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await page.BrokenAsync());
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Table_is_downloaded_as_csv_and_parquet()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("office", eui: 100);
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("office", "completed");
        var csv = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#csv").ClickAsync());
        var parquet = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#parquet").ClickAsync());
        await using var table = File.OpenRead(await csv.PathAsync());
        Assert.Equal("office", Assert.Single((await RunTable.ReadCsvAsync(table, TestContext.Current.CancellationToken))!.Rows).Folder);
        await using var other = File.OpenRead(await parquet.PathAsync());
        Assert.Equal("office", Assert.Single((await RunTable.ReadParquetAsync(other, TestContext.Current.CancellationToken))!.Rows).Folder);
    }

    [Fact]
    public async Task Keyboard_alone_filters_sorts_chooses_compares_and_opens()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a1", eui: 30);
        await bucket.EndAsync("a2", eui: 10);
        await bucket.EndAsync("b", eui: 20);
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        var keys = page.Page.Keyboard;
        await TabToAsync(page, "query");
        await keys.TypeAsync("a");
        await page.SaysAsync("#shown", "2 of 3 runs");
        await TabToAsync(page, "[data-sort=site_eui_kwh_m2]");
        await keys.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('#rows [role=row]').innerText.includes('a2')");
        await TabToAsync(page, "grid", back: true);
        foreach (var key in (string[])["ArrowDown", "Space", "ArrowDown", "Space"]) await keys.PressAsync(key);
        await page.UntilAsync("document.querySelectorAll('[role=row][aria-selected=true]').length === 2");
        await keys.PressAsync("Enter");
        await page.UntilAsync("document.activeElement.innerText === 'Open the report'");
        var report = await browser.RunAndWaitForPageAsync(() => keys.PressAsync("Enter"));
        await report.GetByText("Report of the run").WaitForAsync();
        await report.CloseAsync();
        await keys.PressAsync("Escape");
        await page.UntilAsync("document.activeElement.id === 'grid'");
        await TabToAsync(page, "compare", back: true);
        await keys.PressAsync("Enter");
        await page.SaysAsync("#comparison", "2 runs compared");
        await keys.PressAsync("Escape");
        await page.UntilAsync("!document.querySelector('#comparison').open");
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Page_has_no_serious_fault_light_and_dark_wide_and_on_a_phone(int width, bool isDark)
    {
        await using var bucket = new Bucket();
        for (var at = 0; at < 60; at++) await bucket.EndAsync($"folder/with a long name/model {at}", eui: at);
        await bucket.EndAsync("bad", RunStatus.Failed, "fatal", "EnergyPlus stopped " + new string('x', 200));
        await bucket.BeginAsync("now");
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync(width, isDark);
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("bad", "failed");
        await page.Rows.Filter(new() { HasText = "bad" }).Locator(".status").ClickAsync();
        await page.SaysAsync("#detail", "Open the report");
        Assert.Empty(await page.BrokenAsync());
        var fits = await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth");
        Assert.True(fits, "The page scrolls sideways.");
        const string AreCut = "[...document.querySelectorAll('#rows .n')].some(cell => cell.scrollWidth > cell.clientWidth)";
        Assert.False(await page.Page.EvaluateAsync<bool>(AreCut), "Numbers are cut off.");
        var background = await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(isDark ? "rgb(18, 22, 28)" : "rgb(255, 255, 255)", background);
        Assert.Empty(page.Faults);
        var name = string.Create(CultureInfo.InvariantCulture, $"open-{width}-{(isDark ? "dark" : "light")}.png");
        var pictures = Directory.CreateDirectory(TestBed.Repository.PathOf("artifacts", "pages")).FullName;
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, name), FullPage = true });
    }

    [Fact]
    public async Task Hostile_names_and_messages_are_text()
    {
        await using var bucket = new Bucket();
        const string Hostile = "<img src=x onerror=alert(1)> \"'&amp; %2e%2e 𝄞";
        await bucket.EndAsync(Hostile, RunStatus.Failed, "<b>reason</b>", "<script>document.title='gone'</script>\u202e\u001b[31m");
        await bucket.EndAsync("..hidden#?%", eui: 1);
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("onerror", "failed");
        Assert.Equal(0, await page.Page.Locator("main img, main b b, main script").CountAsync());
        foreach (var name in (string[])["onerror", "..hidden"])
        {
            var link = page.Rows.Filter(new() { HasText = name }).GetByRole(AriaRole.Link);
            var report = await browser.RunAndWaitForPageAsync(() => link.ClickAsync());
            await report.GetByText("Report of the run").WaitForAsync();
        }
        Assert.Empty(page.Faults);
    }

    [Fact]
    public async Task Server_that_ends_and_comes_again_is_told_of_and_the_page_goes_on()
    {
        await using var bucket = new Bucket();
        await bucket.EndAsync("a", eui: 1);
        await using var browser = await chromium.OpenAsync();
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.RowSaysAsync("a", "completed");
        Assert.Equal(0, await tool.StopAsync());
        Assert.Contains("is closed", tool.Output, StringComparison.Ordinal);
        await page.SaysAsync("#connection", "has ended or does not answer");

        await bucket.EndAsync("b", eui: 2);
        await using var again = await OpenedTool.StartAsync(bucket.Path, "--port", tool.Port);
        await page.SaysAsync("#connection", "with a new address");
        await using var other = await OpenedPage.OpenAsync(browser, again.Address);
        await page.SaysAsync("#connection", "Connected again");
        await page.RowSaysAsync("b", "completed");
    }

    [Fact]
    public async Task Ten_thousand_runs_are_filtered_and_sorted_at_once()
    {
        await using var bucket = new Bucket();
        await Parallel.ForAsync(0, 10_000, async (at, _) => await bucket.WriteAsync($"f{at % 100}/run{at}", new()
        {
            RunId = $"{at}", Status = at % 10 == 0 ? RunStatus.Failed : RunStatus.Completed, Reason = at % 10 == 0 ? "fatal" : null,
            Message = at % 10 == 0 ? "EnergyPlus stopped." : null, Input = new("local", $"inputs/f{at % 100}/run{at}.idf"),
            StartedAt = DateTimeOffset.UnixEpoch, FinishedAt = DateTimeOffset.UnixEpoch, TimingsMs = new() { Total = at * 7919 % 10_000 },
        }));
        await using var tool = await OpenedTool.StartAsync(bucket.Path);
        await using var browser = await chromium.OpenAsync();
        await using var page = await OpenedPage.OpenAsync(browser, tool.Address);
        await page.SaysAsync("#shown", "10,000 runs");
        await page.SaysAsync("#failures", "1,000 × fatal");
        Assert.InRange(await page.Rows.CountAsync(), 5, 100); // of the list only what can be seen
        var sorted = await TimedAsync(page, "document.querySelector('[data-sort=seconds]').click()");
        await page.Page.Locator("#grid").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await page.UntilAsync("document.querySelector('#rows [aria-rowindex=\"10001\"]')");
        var filtered = await TimedAsync(
            page, "{ const q = document.querySelector('#query'); q.value = 'run999'; q.dispatchEvent(new Event('input')) }");
        await page.SaysAsync("#shown", "11 of 10,000 runs");
        TestContext.Current.SendDiagnosticMessage("sorted in {0} ms, filtered in {1} ms", sorted, filtered);
        Assert.InRange(Math.Max(sorted, filtered), 0, 2_000); // tens of milliseconds; this holds beside other work, too
        Assert.Empty(page.Faults);
    }

    /// <summary>How long it takes until what an action changes is drawn.</summary>
    private static Task<double> TimedAsync(OpenedPage page, string action) => page.Page.EvaluateAsync<double>(
        $$"""
        () => new Promise(done => {
          const root = document.documentElement, drawn = Number(root.dataset.drawn), began = performance.now();
          {{action}};
          const look = () => Number(root.dataset.drawn) > drawn ? done(performance.now() - began) : requestAnimationFrame(look);
          look();
        })
        """);

    private static async Task TabToAsync(OpenedPage page, string what, bool back = false)
    {
        var selector = what.StartsWith('[') ? what : "#" + what;
        for (var presses = 0; presses < 100; presses++)
        {
            if (await page.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
            await page.Page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }
        Assert.Fail($"Tab does not lead to {what}.");
    }
}
