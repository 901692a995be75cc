using System.Diagnostics;

using Measuring;

using PuppeteerSharp;

using TestBed;

namespace StudyBench;

/// <summary>How long a browser takes for the page of a study: until all is drawn, and until a click and a drag have been drawn.</summary>
internal static class PageTimes
{
    private const int Rounds = 5;

    // The page counts how often it has drawn; two frames later that is on the screen.
    private const string Timing = """
        async action => {
          const drawn = () => Number(document.documentElement.dataset.drawn ?? 0);
          const frame = () => new Promise(requestAnimationFrame);
          const [before, began] = [drawn(), performance.now()];
          action();
          while (drawn() === before) await frame();
          await frame();
          return performance.now() - began;
        }
        """;

    private const string Sort = "() => document.querySelectorAll('#table thead button')[5].click()";

    private const string Brush = """
        () => {
          const { left, right, top, height } = [...document.querySelectorAll("#parallel .axisline")].at(-1).getBoundingClientRect();
          const at = y => ({ clientX: (left + right) / 2, clientY: y, bubbles: true, pointerId: 1, button: 0, buttons: 1 });
          const target = document.elementFromPoint((left + right) / 2, top + height / 2);
          target.dispatchEvent(new PointerEvent("pointerdown", at(top + height / 2)));
          target.dispatchEvent(new PointerEvent("pointermove", at(top + height * 0.9)));
          target.dispatchEvent(new PointerEvent("pointerup", at(top + height * 0.9)));
        }
        """;

    /// <summary>Milliseconds by what is done; null without a Chromium.</summary>
    public static async Task<IReadOnlyDictionary<string, Figures>?> MeasureAsync(string page)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists) is not { } program) return null;
        using var profile = new TemporaryFolder();
        await using var browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = program, Headless = true, Pipe = true, UserDataDir = profile.Path,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        });
        Figures opened = new(), sorted = new(), brushed = new();
        for (var round = 0; round < Rounds; round++)
        {
            await using var tab = await browser.NewPageAsync();
            await tab.SetViewportAsync(new ViewPortOptions { Width = 1200, Height = 900 });
            var watch = Stopwatch.StartNew();
            await tab.GoToAsync(new Uri(page).AbsoluteUri, WaitUntilNavigation.DOMContentLoaded);
            await tab.WaitForExpressionAsync("document.documentElement.dataset.drawn");
            opened.Add(watch.Elapsed);
            await tab.EvaluateExpressionAsync("document.querySelector('#parallel').scrollIntoView()");
            sorted.Add(await TimeAsync(tab, Sort));
            brushed.Add(await TimeAsync(tab, Brush));
        }
        return new Dictionary<string, Figures> { ["opened, all drawn"] = opened, ["sorted by a figure"] = sorted, ["brushed"] = brushed };
    }

    private static async Task<TimeSpan> TimeAsync(IPage tab, string action) =>
        TimeSpan.FromMilliseconds(await tab.EvaluateExpressionAsync<double>($"({Timing})({action})"));
}
