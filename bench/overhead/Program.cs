using Measuring;
using System.Diagnostics;
using System.Globalization;
using System.Text;


using TestBed;

// What the function costs beyond EnergyPlus itself, measured against the plain program and the Python peer: interleaved in
// one run, on one S3 server. usage: overhead [--rounds N] [--cold N] [--write docs/benchmarks.md], or overhead --tail MODEL [--rounds N]
var arguments = new Arguments(args);
var rounds = arguments.Number("--rounds", 15);
var coldStarts = arguments.Number("--cold", 5);
if (Bootstrap.FindOrSay() is not { } bootstrap) return 1;

if (arguments.Text("--tail") is { } large) return await Tail.RunAsync(bootstrap, large, arguments.Number("--rounds", 3));

try { RealParts.EnergyPlus(); RealParts.Model("RefBldgWarehouse"); }
catch (Xunit.Sdk.SkipException e)
{
    Console.Error.WriteLine($"Nothing can be measured: {e.Message[(e.Message.LastIndexOf('$') + 1)..]}.");
    return 1;
}

using var server = new RgwServer();
using var bucket = new MeasuredBucket(server);
await bucket.CreateAsync();
await bucket.PutAsync("weather/chicago.epw", RealParts.Weather("Chicago"));
var peer = Peer.TryInstall();
if (peer is null) Console.Error.WriteLine("The Python peer is not here, so it is left out.");

string[] models = ["RefBldgWarehouse", "RefBldgSmallOffice", "RefBldgHospital"];
var report = new StringBuilder();
report.AppendLine(CultureInfo.InvariantCulture,
    $"Medians of {rounds} interleaved rounds, milliseconds; {Environment.ProcessorCount} cores, "
        + $"everything on one machine, Ceph RGW in memory.");
report.AppendLine();
report.AppendLine("| model, design days | (a) plain `energyplus` | (b) function, event to committed record | "
    + "overhead | (b)/(a) | (c) peer | overhead | (c)/(a) |");
report.AppendLine("|---|---|---|---|---|---|---|---|");

await using (var function = await MeasuredFunction.StartOursAsync(bootstrap, server, bucket.Name))
await using (var peerFunction = peer is null ? null : await MeasuredFunction.StartPeerAsync(peer, server, bucket.Name))
{
    foreach (var name in models)
    {
        var (plain, ours, theirs) = (new Figures(), new Figures(), new Figures());
        for (var round = -1; round < rounds; round++) // round -1 warms everything up
        {
            var key = $"inputs/{name}/{round + 1}/{name}.idf";
            await bucket.PutAsync(key, RealParts.Model(name));
            var (a, b) = (PlainProgram.Run(RealParts.Model(name), RealParts.Weather("Chicago")), await function.RunAsync(key));
            var c = peerFunction is null ? default : await peerFunction.RunAsync(key);
            await bucket.ExpectCommittedAsync(key);
            if (round < 0) continue;
            plain.Add(a);
            ours.Add(b);
            if (peerFunction is not null) theirs.Add(c);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name} {round + 1}/{rounds}: plain {a.TotalMilliseconds:0} ms, function "
                    + $"{b.TotalMilliseconds:0} ms, peer {c.TotalMilliseconds:0} ms"));
        }
        report.AppendLine(CultureInfo.InvariantCulture,
            $"| {name} | {Figures.Text(plain.Median)} | {Figures.Text(ours.Median)} | "
                + $"{Figures.Text(ours.Median - plain.Median)} | {Figures.Ratio(ours.Median, plain.Median)} | "
                + $"{Figures.Text(theirs.Median)} | {Figures.Text(theirs.Median - plain.Median)} | "
                + $"{Figures.Ratio(theirs.Median, plain.Median)} |");
    }
}

var (oursReady, oursFirst, peerReady, peerFirst) = (new Figures(), new Figures(), new Figures(), new Figures());
for (var start = 0; start < coldStarts; start++)
{
    await ColdStartAsync(() => MeasuredFunction.StartOursAsync(bootstrap, server, bucket.Name),
        oursReady, oursFirst, $"inputs/cold/ours{start}.idf");
    if (peer is not null)
        await ColdStartAsync(() => MeasuredFunction.StartPeerAsync(peer, server, bucket.Name),
            peerReady, peerFirst, $"inputs/cold/peer{start}.idf");
}
report.AppendLine();
report.AppendLine(CultureInfo.InvariantCulture, $"Cold start, medians of {coldStarts}, milliseconds (Warehouse, design days):");
report.AppendLine();
report.AppendLine("| | process start to the first request for work | to the first committed record |");
report.AppendLine("|---|---|---|");
report.AppendLine(CultureInfo.InvariantCulture, $"| function | {Figures.Text(oursReady.Median)} | {Figures.Text(oursFirst.Median)} |");
report.AppendLine(CultureInfo.InvariantCulture, $"| peer | {Figures.Text(peerReady.Median)} | {Figures.Text(peerFirst.Median)} |");

Console.WriteLine(report);
arguments.Write("overhead", "bench/overhead/run.sh", report.ToString());
return 0;

async Task ColdStartAsync(Func<Task<MeasuredFunction>> startAsync, Figures ready, Figures first, string key)
{
    await bucket.PutAsync(key, RealParts.Model("RefBldgWarehouse"));
    var watch = Stopwatch.StartNew();
    await using var function = await startAsync();
    await function.RunAsync(key);
    ready.Add(function.Init);
    first.Add(watch.Elapsed);
}
