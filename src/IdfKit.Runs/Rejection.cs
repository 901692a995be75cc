using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>Why a model is not run.</summary>
/// <param name="Reason">One of <see cref="RunReason"/>.</param>
/// <param name="Message">One sentence that a modeller understands.</param>
/// <param name="Cause">The typed error, when one was caught.</param>
internal sealed record Rejection(string Reason, string Message, Exception? Cause = null)
{
    /// <summary>What the engine refused, in the words of a record.</summary>
    public static Rejection Of(ModelRefusal refusal) => new(
        refusal.Kind switch
        {
            ModelRefusalKind.WrongVersion => RunReason.WrongVersion,
            ModelRefusalKind.Macros => RunReason.Macros,
            ModelRefusalKind.NotAModel => RunReason.NotAModel,
            _ => RunReason.Preprocessor,
        },
        refusal.Message,
        refusal.Cause);

    /// <summary>See <see cref="RunRecord.Risks"/>.</summary>
    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>See <see cref="RunRecord.Missing"/>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
