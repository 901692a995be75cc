namespace IdfKit.Drops;

/// <summary>What a modeller reads about a dropped object: one line each.</summary>
internal static class DropSentences
{
    // Deliveries

    public static string MoreModelsWait(int models, string companion) =>
        $"{models} more models wait for {companion}; they are run when this event is delivered again.";

    public static string Superseded(string model) => $"Newer content of {model} took over; this run stopped without writing.";

    public static string AlreadyRun(string model, string results) => $"{model} has been run already; its results are in {results}.";

    public static string RunsElsewhere(string model) => $"{model} is being run by another invocation.";

    public static string RunsElsewhereAndComesAgain(string model) =>
        $"{model} is being run by another invocation; this event is delivered again, in case that one fails.";

    public static string EventIsOld(string model) => $"Newer content of {model} has been taken up; this event is old.";

    public static string OlderRunIsWriting(string model, string results) =>
        $"An older run of {model} is writing its results to {results}; the newer content is run when this event is delivered again.";

    public static string ClaimNotRenewed(string model, string failure) =>
        $"The claim on {model} could not be renewed before it ran out, so the run stopped; it is to be run again. {failure}";

    // Inputs

    public static string NoLongerThere(string model) => $"The model {model} was no longer there when its run began; drop it again to run it.";

    public static string NoWeather(string lookedFor) =>
        $"The model asks for a run period and no weather was found; looked for {lookedFor}, and no default weather is configured. "
        + "Put an .epw beside the model; it is then run.";

    public static string MissingFile(string reference, string bucket, string path) =>
        $"{reference}, which is not at s3://{bucket}/{path}; put it there, and the model is run.";

    public static string Unfetchable(string reference) => $"{reference}, which cannot be fetched: give a path relative to the model.";
}
