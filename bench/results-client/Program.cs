using System.Diagnostics;
using System.Globalization;

using ResultsBench;

// What the function makes of a run's files once EnergyPlus has ended, as the measured process, compiled ahead of time as it is there.
// usage: bench-results-client summary|series|report|both MODEL WEATHER RESULTS ROUNDS
// Prints for each round milliseconds, milliseconds of processor time and bytes made; then the peak of the resident set.
var (what, made) = (args[0], new MadeOfRun(args[1], args[2], args[3]));
for (var round = 0; round < int.Parse(args[4], CultureInfo.InvariantCulture); round++)
{
    var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
    var bytes = await made.MakeAsync(what is "series" or "both", what is "report" or "both");
    var (elapsed, processor) = (clock.Elapsed, Environment.CpuUsage.TotalTime - before);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:0.###} {processor.TotalMilliseconds:0.###} {bytes}"));
}
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} 0 0"));
