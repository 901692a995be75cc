namespace IdfKit.Engine;

/// <summary>Why a model is not simulated in parts: the rest of a sentence that begins with what was asked for.</summary>
internal static partial class EngineSentences
{
    [SentencePart]
    internal static string FewProcessors(int free) =>
        free < 1 ? "no processor is free at this moment" : "only one processor is free at this moment";

    [SentencePart]
    internal static string OneProcessor { get; } =
        "there is only one processor for it (Lambda gives a second one from 3008 MB of memory on)";

    [SentencePart]
    internal static string LittleMemory(long megabytes) => $"{megabytes} MB of memory are too little for two processes";

    [SentencePart]
    internal static string LittleDisk(long megabytes) => $"{megabytes} MB on the local disk are too little for the results of each";

    [SentencePart]
    internal static string BoundTogether(string className) =>
        $"the model has {OneLine.Of(className, LongestName)}, which may carry over from one run period to the next";

    [SentencePart]
    internal static string OneFile(string className) =>
        $"the model has {OneLine.Of(className, LongestName)}, which writes one file from all run periods";

    [SentencePart]
    internal static string ReadsApart(string className, string word) =>
        $"the model has {OneLine.Of(className, LongestName)}, which reads {OneLine.Of(word, LongestName)}: each of them has another one";

    [SentencePart]
    internal static string RepeatsSizing { get; } =
        "the model asks for an HVAC sizing simulation, which each of them would do and report again";

    [SentencePart]
    internal static string TooMany(int periods, int most) => $"there are {periods} of them, more than {most}";

    [SentencePart]
    internal static string AmongOthers { get; } = "other jobs of its batch run at once";

    [SentencePart]
    internal static string UnclearPeriods { get; } = "the names of its run periods are blank, or one is there twice";

    [SentencePart]
    internal static string UnclearOrder { get; } = "the order in which EnergyPlus takes its run periods does not follow from their names";

    [SentencePart]
    internal static string TooLargeForParts { get; } = "the text of the model is too large to be held once for each";

    [SentencePart]
    internal static string AsksForMore(string what) => $"the run was asked for {what}, which is made of all run periods together";

    [SentencePart]
    internal static string NoRoomToJoin { get; } = "the local disk failed, or had no room for the joined files";

    [SentencePart]
    internal static string NoRoomForParts { get; } = "the local disk failed, or had no room for what each needs";

    [SentencePart]
    internal static string WasKilled { get; } = "one of them was killed from outside, as the kernel does where memory runs out";

    [SentencePart]
    internal static string PartEnded { get; } = "one of them failed";

    [SentencePart]
    internal static string OverItsShare { get; } =
        "one of them needed more than its share of the memory, the disk or the processes of a run";

    [SentencePart]
    internal static string TooMuchTogether { get; } = "together they wrote more than a run may";

    [SentencePart]
    internal static string TooLargeToJoin(string file) => $"{OneLine.Of(file, LongestName)} of all parts together is too large";

    [SentencePart]
    internal static string NotExpanded { get; } = "ExpandObjects did not expand it";

    [SentencePart]
    internal static string NotApart { get; } = "this machine does not keep runs apart that go on at once";

    [SentencePart]
    internal static string Unlike(string file) => $"{OneLine.Of(file, LongestName)} of one part is unlike that of the first";

    [SentencePart]
    internal static string Unreadable(string file) => $"{OneLine.Of(file, LongestName)} of one part is missing or cut off";
}
