using System.Globalization;

using IdfKit.Pages.Tests.Browser;
using IdfKit.Studies.Page;

using PuppeteerSharp;
using PuppeteerSharp.Input;

using RunBed.Studies;

using TestBed;

namespace IdfKit.Pages.Tests;

/// <summary>Pages of studies as somebody uses them: by keyboard, by pointer, by their address, and without a script.</summary>
public sealed class StudyPageUseTests(Chromium chromium) : IDisposable
{
    private const string Energy = "site_eui_kwh_m2";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Fragments that nobody's page wrote.</summary>
    public static TheoryData<string> Strange =>
    [
        "#range=%5B", "#range=null&range=%5B%5D&range=%5B%22site_eui_kwh_m2%22%5D", "#range=%5B%22site_eui_kwh_m2%22,%22a%22,1e999%5D",
        "#columns=%7B%7D&x=__proto__&y=constructor&sort=%2B.nothing&page=-7", "#%E0%A4%A", "#columns=%5B%5D", "#page=1e9&find=%3Cscript%3E",
        "#sort=&figure=%40%40x%40%40&colour=name",
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Table_is_sorted_by_keyboard_and_says_how()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        var button = HeadOf(Energy);
        await page.FocusAsync(button);
        await page.DoAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        Assert.Equal("ascending", await page.AskAsync<string>($"document.querySelector('{button}').parentElement.ariaSort"));
        var values = await ColumnAsync(page, "Site energy");
        Assert.Equal(values.Order(), values);
        await page.DoAsync(() => page.Page.Keyboard.PressAsync("Enter")); // the focus has stayed
        Assert.Equal("descending", await page.AskAsync<string>($"document.querySelector('{button}').parentElement.ariaSort"));
        values = await ColumnAsync(page, "Site energy");
        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal([], page.Faults);
    }

    [Fact]
    public async Task Rows_without_a_value_come_last_whichever_way()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        foreach (var _ in (int[])[1, 2])
        {
            await page.DoAsync(() => page.Page.ClickAsync(HeadOf(Energy)));
            await page.DoAsync(() => page.AskAsync<object>("[...document.querySelectorAll('#pages button')].at(-1).click()"));
            Assert.Contains(await page.TextAsync("#table tbody tr:last-child td"), (string[])["failed", "crashed"]);
        }
    }

    [Fact]
    public async Task Range_is_set_by_keyboard_and_kept_in_the_address()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        await page.FocusAsync("#ranges summary");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilAsync("document.querySelector('#ranges').open");
        await page.FocusAsync("""input[aria-label="Site energy, kWh/m², to"]""");
        await page.Page.Keyboard.TypeAsync("110");
        await page.DoAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        var count = await page.TextAsync("#count");
        Assert.Matches("^[1-9][0-9]? of 100 variants are shown\\.$", count);
        Assert.All(await ColumnAsync(page, "Site energy"), value => Assert.InRange(value, 0, 110));

        var address = await page.AskAsync<string>("location.hash");
        await using var again = await OpenAsync(MadeUpStudies.Sweep, address);
        Assert.Equal(count, await again.TextAsync("#count"));
        await again.AskAsync<object>("document.querySelector('#ranges').open = true");
        await again.UntilAsync("""document.querySelector('input[aria-label="Site energy, kWh/m², to"]').value === "110" """);

        await again.FocusAsync("#clear");
        await again.DoAsync(() => again.Page.Keyboard.PressAsync("Enter"));
        Assert.Equal("All 100 variants are shown.", await again.TextAsync("#count"));
        Assert.Equal("", await again.AskAsync<string>("location.hash"));
        Assert.Equal([], again.Faults);
    }

    [Fact]
    public async Task Range_is_drawn_moved_and_dropped_by_pointer()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        var (x, top, height) = await AxisAsync(page, "Site energy");
        await DragAsync(page, x, top + height, top + (height * 0.6));
        var low = await ColumnAsync(page, "Site energy");
        Assert.InRange(low.Length, 1, 50);
        Assert.Matches("^[0-9]+ of 100", await page.TextAsync("#count"));

        await DragAsync(page, x, top + (height * 0.8), top + (height * 0.2)); // within the range: it moves
        var high = await ColumnAsync(page, "Site energy");
        Assert.True(high.Min() > low.Min(), $"{high.Min()} is not above {low.Min()}");

        await page.DoAsync(() => page.Page.Mouse.ClickAsync((decimal)x, (decimal)(top + (height * 0.2))));
        Assert.Equal("All 100 variants are shown.", await page.TextAsync("#count"));
        Assert.Equal([], page.Faults);
    }

    [Fact]
    public async Task Axes_figure_and_columns_are_chosen_by_keyboard()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        await page.FocusAsync("#x");
        await page.DoAsync(() => page.Page.Keyboard.TypeAsync("Thick"));
        Assert.Equal("Thickness against cooling", await page.TextAsync("#pair-title"));
        await page.FocusAsync("#figure");
        await page.DoAsync(() => page.Page.Keyboard.TypeAsync("Cool"));
        Assert.Contains("cooling", await page.TextAsync("#worth-note"), StringComparison.Ordinal);
        await page.AskAsync<object>("document.querySelector('#choice').open = true");
        await page.FocusAsync("""label[title="warnings"] input""");
        await page.DoAsync(() => page.Page.Keyboard.PressAsync("Space"));
        Assert.True(await page.AskAsync<bool>("""!!document.querySelector('#table button[title="warnings"]')"""));
        Assert.Equal([], page.Faults);
    }

    [Fact]
    public async Task Selection_of_words_is_kept_in_the_address()
    {
        await using var page = await OpenAsync(MadeUpStudies.Words);
        await page.AskAsync<object>("document.querySelector('#ranges').open = true");
        await page.DoAsync(() => page.Page.SelectAsync("""select[aria-label="glazing, from"]""", "2"));
        var count = await page.TextAsync("#count");
        Assert.Matches("^[1-9][0-9]* of 48", count);
        await using var again = await OpenAsync(MadeUpStudies.Words, await page.AskAsync<string>("location.hash"));
        Assert.Equal(count, await again.TextAsync("#count"));
    }

    [Theory, MemberData(nameof(Strange))]
    public async Task Address_that_means_nothing_is_passed_over(string fragment)
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep, fragment);
        Assert.Contains("100 variants", await page.TextAsync("#count"), StringComparison.Ordinal);
        Assert.Equal([], page.Faults);
    }

    [Fact]
    public async Task Variant_under_the_pointer_is_named_and_leads_to_its_report_when_clicked()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        await page.AskAsync<object>("document.querySelector('#scatter').scrollIntoView({ block: 'center' })");
        var box = await page.AskAsync<double[]>(
            "(box => [box.x, box.y, box.width, box.height])(document.querySelector('#scatter svg').getBoundingClientRect())");
        var isFound = false;
        for (var at = 0; at < 400 && !isFound; at++)
        {
            var x = (decimal)(box[0] + (box[2] * (0.1 + (at % 20 * 0.04))));
            var y = (decimal)(box[1] + (box[3] * (0.1 + (at / 20 * 0.035))));
            await page.Page.Mouse.MoveAsync(x, y);
            isFound = await page.AskAsync<bool>("!document.querySelector('#tip').hidden");
            if (isFound) await page.Page.Mouse.ClickAsync(x, y);
        }
        Assert.True(isFound);
        var link = await page.AskAsync<string>("document.querySelector('#tip.pinned a').getAttribute('href')");
        Assert.Matches("^\\./runs/az[0-9]+-ins[0-9]+-u[0-9]+/report\\.html$", link);
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.True(await page.AskAsync<bool>("document.querySelector('#tip').hidden"));
    }

    [Fact]
    public async Task Names_of_attackers_are_text_wherever_the_script_shows_them()
    {
        await using var page = await OpenAsync(MadeUpStudies.Hostile);
        Assert.Contains("</script><script>alert(1)</script>", await page.TextAsync("#table tbody"), StringComparison.Ordinal);
        var links = await page.AskAsync<string[]>("[...document.querySelectorAll('a')].map(each => each.getAttribute('href'))");
        Assert.All(links, link => Assert.Matches("^\\./(results|study|runs/[^/]+/report)\\.(csv|parquet|json|html)$", link));
        Assert.Equal(0, await page.AskAsync<int>("document.querySelectorAll('img, iframe').length"));
        Assert.Equal([], page.Faults);
    }

    [Fact]
    public async Task Script_of_somebody_else_does_not_run()
    {
        await using var page = await OpenAsync(MadeUpStudies.Sweep);
        await page.AskAsync<object>(
            "(() => { const one = document.createElement('script'); one.textContent = 'window.evil = 1'; document.body.append(one); })()");
        Assert.False(await page.AskAsync<bool>("'evil' in window"));
    }

    [Fact]
    public async Task Without_a_script_there_are_its_head_failures_and_first_rows()
    {
        await using var page = await OpenAsync(MadeUpStudies.TenThousand, withScript: false);
        await page.Page.SetJavaScriptEnabledAsync(true); // for the questions; the page's own has not run
        Assert.Equal("office: 9,888 of 10,000 variants completed", await page.TextAsync("h1"));
        Assert.Equal(200, await page.AskAsync<int>("document.querySelectorAll('#table tbody tr').length"));
        Assert.Contains("does not have", await page.TextAsync(".look"), StringComparison.Ordinal);
        Assert.Contains("results.csv has all rows", await page.TextAsync("noscript"), StringComparison.Ordinal);
        Assert.False(await page.AskAsync<bool>("document.querySelector('#all').checkVisibility()"));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public async Task Many_rows_are_sorted_brushed_and_searched(int rows)
    {
        await using var page = await OpenAsync(rows == 10_000 ? MadeUpStudies.TenThousand : MadeUpStudies.HundredThousand);
        await page.DoAsync(() => page.Page.ClickAsync(HeadOf(Energy)));
        var values = await ColumnAsync(page, "Site energy");
        Assert.Equal(50, values.Length);
        Assert.Equal(values.Order(), values);
        var (x, top, height) = await AxisAsync(page, "Site energy");
        await DragAsync(page, x, top + height, top + (height * 0.7));
        Assert.Contains($" of {rows:#,0} variants are shown.", await page.TextAsync("#count"), StringComparison.Ordinal);
        await page.FocusAsync("#query");
        await page.Page.Keyboard.TypeAsync("-77");
        await page.UntilAsync("location.hash.includes('find=-77')");
        Assert.All(
            await page.AskAsync<string[]>("[...document.querySelectorAll('#table tbody th')].map(each => each.innerText)"),
            name => Assert.Contains("-77", name, StringComparison.Ordinal));
        Assert.Equal([], page.Faults);
    }

    private static string HeadOf(string column) => $"#table button[title={column}]";

    private static async Task<double[]> ColumnAsync(OpenedPage page, string label)
    {
        var at = await page.AskAsync<int>(
            $"[...document.querySelectorAll('#table thead th')].findIndex(each => each.innerText.startsWith('{label}'))");
        var texts = await page.AskAsync<string[]>(
            $"[...document.querySelectorAll('#table tbody tr')].map(each => each.cells[{at}].innerText)");
        return [.. texts.Where(text => text.Length > 0).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static async Task<(double X, double Top, double Height)> AxisAsync(OpenedPage page, string label)
    {
        var box = await page.AskAsync<double[]>(
            $$"""
            (() => {
              const group = [...document.querySelectorAll("#parallel svg > g")].find(each => each.textContent.includes("{{label}}"));
              group.scrollIntoView({ block: "center" });
              const { left, right, top, height } = group.querySelector(".axisline").getBoundingClientRect();
              return [(left + right) / 2, top, height];
            })()
            """);
        return (box[0], box[1], box[2]);
    }

    private static async Task DragAsync(OpenedPage page, double x, double from, double to)
    {
        await page.Page.Mouse.MoveAsync((decimal)x, (decimal)from);
        await page.Page.Mouse.DownAsync();
        await page.DoAsync(() => page.Page.Mouse.MoveAsync((decimal)x, (decimal)to, new MoveOptions { Steps = 5 }));
        await page.Page.Mouse.UpAsync();
        await page.UntilAsync("!document.querySelector('#clear').disabled");
    }

    private async Task<OpenedPage> OpenAsync(PageFacts facts, string fragment = "", bool withScript = true)
    {
        var file = _folder["index.html"];
        await File.WriteAllTextAsync(file, StudyPage.Html(facts));
        return await OpenedPage.OpenAsync(chromium, file, fragment: fragment, withScript: withScript);
    }
}
