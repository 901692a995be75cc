using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Runs.Staging;

/// <summary>Where one model and its companions come from: a bucket, a bundle, or a file system that a program names.</summary>
internal interface IModelSource
{
    /// <summary>Brings the model to <see cref="Workspace.Inputs"/>, and says how it is to be run.</summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    Task<FetchedModel> FetchModelAsync(Workspace workspace, CancellationToken cancellationToken);

    /// <summary>The weather, brought to <see cref="Workspace.Weather"/> of the model's workspace, if there is any.</summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    Task<FetchedWeather> FetchWeatherAsync(Model model, RunRequest request, CancellationToken cancellationToken);

    /// <summary>Where the files that the model names are looked for.</summary>
    /// <param name="dataSets">EnergyPlus's own folder of data; null: none.</param>
    CompanionSource CompanionsOf(string? dataSets);
}

/// <summary>A model on local disk.</summary>
/// <param name="Input">The model, for the record.</param>
/// <param name="Request">How it is to be run.</param>
internal sealed record FetchedModel(RunInput Input, RunRequest Request)
{
    /// <summary>The staged copy; null when there is none.</summary>
    public string? Path { get; init; }

    /// <summary>What the modeller calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What is to be known of how it was found, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>
    /// Why it cannot be run whatever it holds; null when nothing speaks against it. A file that is no model is told
    /// first.
    /// </summary>
    public Rejection? Rejection { get; init; }
}

/// <summary>The weather of a model, none where it needs none, or why it cannot be run without.</summary>
/// <param name="Weather">For the record; null: none.</param>
/// <param name="Rejection">Null when the model may run.</param>
internal readonly record struct FetchedWeather(RunWeather? Weather, Rejection? Rejection = null)
{
    /// <summary>Where it lies, for the <c>.stat</c> beside it.</summary>
    public IAsyncFileSystem? Files { get; init; }

    /// <summary>Its path there.</summary>
    public string Path { get; init; } = "";

    /// <summary>
    /// Of a file that turns out to be bad: what may let the model run when it arrives, as
    /// <see cref="RunRecord.Missing"/> says it.
    /// </summary>
    public IReadOnlyList<string> Awaited { get; init; } = [];

    /// <summary>What is to be known of how it was found, a sentence each.</summary>
    public IReadOnlyList<string> Notices { get => field ?? []; init; }

    /// <summary>What the modeller calls the file.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public static implicit operator FetchedWeather(Rejection rejection) => new(null, rejection);
}
