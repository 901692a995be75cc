using IdfKit.Engine;

namespace IdfKit.Runs.Parts;

/// <summary>Expands a model before parts are made of it.</summary>
/// <param name="engine">Whose ExpandObjects is taken.</param>
/// <param name="options">How it is bounded.</param>
/// <param name="folder">Takes the expanded model.</param>
internal sealed class ExpandedPart(StartedEngine engine, EngineOptions options, string folder)
{
    /// <returns>The model as it is planned; null where ExpandObjects has not expanded it.</returns>
    public async Task<string?> OfAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        if (!request.ExpandObjects) return request.ModelPath;
        var expanded = Path.Combine(folder, Path.GetFileName(request.ModelPath));
        var programs = new Preprocessors(engine.Installation) { Timeout = request.Timeout, Engine = options };
        try
        {
            var isExpanded = await programs.TryExpandAsync(request.ModelPath, expanded, cancellationToken).ConfigureAwait(false);
            return isExpanded ? expanded : null;
        }
        catch (EnergyPlusException) { return null; } // the plain run says what is wrong
    }
}
