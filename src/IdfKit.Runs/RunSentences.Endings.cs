using IdfKit.Engine;

namespace IdfKit.Runs;

/// <summary>How EnergyPlus ended, and what to do about it.</summary>
internal static partial class RunSentences
{
    /// <summary>Sentences behind each other, as many as a message has room for; null when there is none.</summary>
    public static string? Together(params IEnumerable<string?> sentences)
    {
        var message = "";
        foreach (var sentence in sentences)
        {
            if (string.IsNullOrEmpty(sentence) || message.Length + 1 + sentence.Length > Longest) continue;
            message = message.Length == 0 ? sentence : message + " " + sentence;
        }
        return message.Length == 0 ? null : message;
    }

    /// <summary>A sentence, and what EnergyPlus complained of first, cut to the room that is left.</summary>
    public static string AndSevere(string sentence, string? severe)
    {
        const string Begins = " EnergyPlus's first severe error: ";
        return string.IsNullOrWhiteSpace(severe)
            ? sentence
            : sentence + Begins + Stopped(OneLine.Of(severe, Longest - sentence.Length - Begins.Length - 1));
    }

    // By itself

    public static string Fatal(string severe, string again) =>
        SevereAnd(severe, $"EnergyPlus stopped with a fatal error; correct this and {again}.");

    public static string FatalOnly(string fatal, string again) =>
        $"EnergyPlus stopped with a fatal error: {Stopped(OneLine.Of(fatal, 170))} Look into the .err file, correct it and {again}.";

    public static string FatalSilent { get; } =
        "EnergyPlus stopped with a fatal error and did not say which; the last lines of the .err file may tell.";

    public static string Crashed(string severe, int signal, string again) =>
        SevereAnd(severe, $"EnergyPlus then crashed (signal {signal}); correct this and {again}.");

    public static string CrashedSilently(int signal, string again) =>
        $"EnergyPlus crashed (signal {signal}) without saying why; the model may hold something that it cannot "
        + $"read. Undo what was last changed in it and {again}.";

    public static string RefusedCall(string call) =>
        $"EnergyPlus was ended (signal 31) because it made a system call{(call.Length > 0 ? $", {OneLine.Of(call, 30)}," : "")} "
        + "that no simulation needs; the model may abuse a fault in it. "
        + "If it is your own, tell the owner of the function (IDFKIT_CONFINEMENT).";

    public static string NoResult(string severe, int? exitCode, string again) =>
        SevereAnd(severe, $"EnergyPlus ended with {ExitCode(exitCode)} and without a result; correct this and {again}.");

    public static string NoResultSilently(int? exitCode, string lastLine)
    {
        var said = lastLine.Length == 0 ? "it printed nothing" : OneLine.Of(lastLine, 180);
        return $"EnergyPlus ended with {ExitCode(exitCode)} and without a result: {Stopped(said)} See the .err file.";
    }

    // Stopped

    public static string TimedOut(double seconds, string? jobFile) =>
        $"EnergyPlus was stopped after the {Number(seconds)} s that the job allows; to give it longer, raise "
        + (jobFile is null ? "the job's time limit." : $"timeout_seconds in {OneLine.Of(jobFile, 60).TrimEnd('.')}.");

    public static string Deadline(double seconds) =>
        $"EnergyPlus was stopped after {Number(Math.Round(seconds))} s because the function's time was ending. The "
        + "function's owner can give it longer (its timeout; --timeout in idfkit dev) or use AWS Batch.";

    public static string OutOfMemory(bool isKilled, long megabytes, bool isFunction)
    {
        var what = isKilled ? "EnergyPlus was killed by the system, as happens when memory runs out" : "EnergyPlus ran out of memory";
        var who = isFunction ? "Give the function more memory (MemorySize, --memory)" : "Give the machine more memory";
        return $"{what}; it held {Number(megabytes)} MB at most. {who}, or simplify the model.";
    }

    public static string OutOfMemoryTogether(long megabytes, bool isFunction)
    {
        var who = isFunction ? "Give the function more memory (MemorySize, --memory)" : "Give the machine more memory";
        return $"EnergyPlus was stopped because it and the programs that it had started held more than {Number(megabytes)} MB together. "
            + $"{who}, or simplify the model.";
    }

    public static string TooManyProcesses(long most, string again) =>
        $"EnergyPlus was stopped because it and what it had started were more than {Number(most)} processes, which no simulation needs; "
        + $"remove from the model what starts programs, and {again}.";

    public static string TooManyFiles(long most, string again) =>
        $"EnergyPlus was stopped because it had written more than {Number(most)} files, which no simulation needs; "
        + $"remove from the model what writes them, and {again}.";

    public static string TooMuchWritten(long megabytes, bool isFunction, string again) =>
        $"EnergyPlus was stopped because it had written {Number(megabytes)} MB, all that there is room for. {MakeRoom(isFunction, again)}";

    public static string DiskFull(long megabytes, bool isFunction, string again) =>
        $"The disk was full when EnergyPlus had written {Number(megabytes)} MB: its files are cut off, and no results. "
        + MakeRoom(isFunction, again);

    private static string MakeRoom(bool isFunction, string again)
    {
        var who = isFunction
            ? "The function's owner can give it a larger disk (EphemeralStorage; with idfkit dev IDFKIT_WORK_DIR)"
            : "Free space on the disk";
        return $"{who}; or ask for fewer outputs, or less often, and {again}.";
    }

    private static string SevereAnd(string severe, string then) => Stopped(OneLine.Of(severe, Longest - then.Length - 2)) + " " + then;

    private static string ExitCode(int? code) => code is { } number ? $"exit code {number}" : "an exit code that nobody saw";
}
