using System.Globalization;

using Measuring;
using TestBed;

/// <summary>What lies between EnergyPlus's end and the committed record of a model with large results, as its records tell it.</summary>
internal static class Tail
{
    public static async Task<int> RunAsync(string bootstrap, string model, int rounds)
    {
        using var server = new RgwServer();
        using var bucket = new MeasuredBucket(server);
        await bucket.CreateAsync();
        await bucket.PutAsync("weather/chicago.epw", RealParts.Weather("Chicago"));
        await using var function = await MeasuredFunction.StartOursAsync(bootstrap, server, bucket.Name);
        Console.WriteLine("| round | seconds of EnergyPlus | ms from its end to the record | of which upload | MB | requests that write |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var tails = new Figures();
        for (var round = 1; round <= rounds; round++)
        {
            var key = $"inputs/tail/{round}.idf";
            await bucket.PutAsync(key, model);
            await function.RunAsync(key);
            using var record = await bucket.RecordAsync(key);
            var timings = record.RootElement.GetProperty("timings_ms");
            long Of(string name) => timings.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
            var tail = Of("total") - Of("stage") - Of("preprocess") - Of("simulate");
            tails.Add(TimeSpan.FromMilliseconds(tail));
            var bytes = record.RootElement.GetProperty("files").EnumerateArray().Sum(file => file.GetProperty("size_bytes").GetInt64());
            var puts = record.RootElement.GetProperty("usage").GetProperty("puts").GetInt64();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {round} | {Of("simulate") / 1000.0:0.0} | {tail} | {Of("upload")} | {bytes / 1e6:0.0} | {puts} |"));
        }
        Console.WriteLine($"Median: {Figures.Text(tails.Median)} ms");
        return 0;
    }
}
