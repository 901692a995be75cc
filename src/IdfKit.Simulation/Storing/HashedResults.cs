using IdfKit.Runs;
using IdfKit.Runs.Publishing;

namespace IdfKit.Simulation.Storing;

/// <summary>Results that are held open with their checksums until they lie where they belong.</summary>
internal sealed class HashedResults : IDisposable
{
    private readonly List<(ResultContent Content, string Sha256)> _files = [];

    public IReadOnlyList<(ResultContent Content, string Sha256)> Files => _files;

    public static HashedResults Of(IReadOnlyList<ResultFile> files, LeftBehind changed, CancellationToken cancellationToken)
    {
        var results = new HashedResults();
        try
        {
            foreach (var file in files) results.Add(file, changed, cancellationToken);
            return results;
        }
        catch
        {
            results.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var (content, _) in _files) content.Dispose();
    }

    private void Add(ResultFile file, LeftBehind changed, CancellationToken cancellationToken)
    {
        var content = ResultContent.TryOpen(file);
        if (content?.Hash(cancellationToken) is { } sha256)
        {
            _files.Add((content, sha256));
            return;
        }
        content?.Dispose();
        changed.Add(LeftKind.Changed, file.Path);
    }
}
