using IdfKit.Studies;

namespace IdfKit.Cli.Studies;

/// <summary>What can go wrong with a study, as sentences and exit codes: a study that is refused, and what any command meets.</summary>
internal static class StudyGuard
{
    /// <summary>Does the work of a command.</summary>
    /// <param name="command">Its name: "run".</param>
    /// <param name="work">The work; returns the exit code.</param>
    public static Task<int> DoAsync(string command, Func<Task<int>> work) => CommandGuard.DoAsync(Full(command), async () =>
    {
        try
        {
            return await work();
        }
        catch (StudyException refused)
        {
            foreach (var fault in refused.Faults) Say(command, fault.Message);
            if (refused.FaultCount > refused.Faults.Count)
                Say(command, CliSentences.MoreFaults(refused.FaultCount - refused.Faults.Count));
            return ExitCode.Failure;
        }
    });

    public static void Say(string command, string sentence) => CommandGuard.Say(Full(command), sentence);

    private static string Full(string command) => "study " + command;
}
