using IdfKit.Cli.Places;
using IdfKit.Cli.Terminal;

namespace IdfKit.Cli.Submit;

/// <summary>Puts what is planned: first what models need, and when all of that is there the models, so that each is run once.</summary>
internal sealed class SubmitUpload(Place place, SubmitPlan plan, ProgressLine progress)
{
    private const int Concurrency = 8, BarWidth = 20;
    private long _bytes;
    private int _put;

    /// <summary>How many files are there by now.</summary>
    public int Put => _put;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PutAsync(plan.Companions, cancellationToken);
        await PutAsync(plan.Models.Select(model => (model.Model.File, model.Action)), cancellationToken);
    }

    private Task PutAsync(IEnumerable<(SubmitFile File, SubmitAction Action)> files, CancellationToken cancellationToken)
    {
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(files.Where(file => file.Action is not SubmitAction.Leave), bound, async (file, token) =>
        {
            await PutAsync(file.File, token);
            Interlocked.Increment(ref _put);
            Interlocked.Add(ref _bytes, file.File.SizeBytes);
            progress.Show(() => $"{Bar.Of(_bytes, plan.Bytes, BarWidth)} {CliSentences.PutSoFar(_put, plan.ToPut, _bytes, plan.Bytes)}");
        });
    }

    private async Task PutAsync(SubmitFile file, CancellationToken cancellationToken)
    {
        if (file.Content is { } made) await place.Files.WriteBytesAsync(file.Key, made, cancellationToken);
        else await place.Files.UploadAsync(file.Path!, file.Key, null, null, cancellationToken);
    }
}
