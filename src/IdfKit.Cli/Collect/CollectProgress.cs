using System.Globalization;

using IdfKit.Cli.Terminal;
using IdfKit.Runs;

namespace IdfKit.Cli.Collect;

/// <summary>Says how many records have been read.</summary>
internal sealed class CollectProgress : IProgress<RunTableProgress>
{
    private readonly ProgressLine _line = new(Console.Error, Screen.IsLive && !Console.IsErrorRedirected, TimeProvider.System);

    public void Report(RunTableProgress value) => _line.Show(() => string.Create(
        CultureInfo.InvariantCulture, $"{value.Done:#,0} of {value.Found:#,0} runs{(value.IsFoundAll ? "" : " so far")}"));

    /// <summary>Leaves the line empty for what is said next.</summary>
    public void End() => _line.End();
}
