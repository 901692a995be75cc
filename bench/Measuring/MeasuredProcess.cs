using System.Diagnostics;
using System.Globalization;

namespace Measuring;

/// <summary>What a program took: its time and its largest resident memory, as the kernel counts it.</summary>
public sealed record MeasuredProcess(TimeSpan Elapsed, long PeakBytes, string Output)
{
    public static MeasuredProcess Run(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(20)) peak = Math.Max(peak, PeakOf(process.Id));
        var elapsed = clock.Elapsed;
        var said = output.GetAwaiter().GetResult().Trim();
        return process.ExitCode == 0
            ? new(elapsed, peak, said)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
    }

    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }
}
