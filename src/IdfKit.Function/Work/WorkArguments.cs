using System.Collections;
using System.Globalization;

using IdfKit.Drops;

namespace IdfKit.Function.Work;

/// <summary>
/// Which tickets of a study a worker takes: those whose number leaves its index when it is divided by the number of workers.
/// </summary>
/// <param name="Tickets">The list of tickets, as <c>plan</c> has written it.</param>
/// <param name="Size">How many workers there are.</param>
/// <param name="Index">Which of them this one is, from 0.</param>
internal sealed record WorkArguments(S3Url Tickets, int Size, int Index)
{
    /// <summary>Set by AWS Batch for each child of an array; a job that is none has no such variable.</summary>
    public const string IndexVariable = "AWS_BATCH_JOB_ARRAY_INDEX";

    private const int MostWorkers = 10_000; // of an array of AWS Batch

    /// <summary>What is wrong with the arguments, in a sentence; null when they can be worked with.</summary>
    public static string? WhyWrong(string[] arguments, IDictionary variables, out WorkArguments? read)
    {
        read = null;
        if (arguments.Length != 3)
            return $"'bootstrap work' takes an s3://bucket/key URL of the tickets and the number of workers, and was given "
                + $"{arguments.Length - 1} argument{(arguments.Length == 2 ? "" : "s")}; 'bootstrap work --help' says more.";
        if (!S3Url.TryParse(arguments[1], out var tickets) || !tickets.Key.IsPath)
            return $"The tickets of 'bootstrap work' are '{arguments[1]}'; they must be an s3://bucket/key URL.";
        if (Whole(arguments[2]) is not (>= 1 and <= MostWorkers and var size))
            return $"The number of workers of 'bootstrap work' is '{arguments[2]}'; it must be a whole number from 1 to {MostWorkers}.";
        var given = variables[IndexVariable] as string;
        if (string.IsNullOrEmpty(given)) given = "0";
        if (Whole(given) is not { } index || index >= size)
            return $"{IndexVariable} is '{given}'; with {size} worker{(size == 1 ? "" : "s")} it must be a whole number from 0 "
                + $"to {size - 1}.";
        read = new(tickets, size, index);
        return null;
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
