using System.Diagnostics;
using System.Globalization;

using IdfKit.Engine;

using Measuring;

using TestBed;

namespace HostBench;

/// <summary>How fast models are read: objects, needs, risks and referenced files, from bytes in memory.</summary>
internal static class ReaderSpeed
{
    public static string Measure(int rounds)
    {
        var models = RealParts.AllModels().Select(File.ReadAllBytes).ToList();
        var figures = new Figures();
        for (var round = -3; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            foreach (var bytes in models)
            {
                var model = Model.Read(new MemoryStream(bytes, writable: false));
                _ = (model.Needs, model.Risks.Count, model.ReferencedFiles.Count);
            }
            if (round >= 0) figures.Add(watch.Elapsed);
        }
        var size = models.Sum(bytes => bytes.LongLength);
        return string.Create(CultureInfo.InvariantCulture,
            $"Model reader: all {models.Count} shared models, {size / 1e6:0.0} MB, with needs, "
                + $"risks and referenced files: {size / 1e3 / figures.Median:0} MB/s (median of {rounds} "
                + $"rounds, {figures.Median:0.0} ms).\n");
    }
}
