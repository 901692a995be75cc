using IdfKit.Drops;
using IdfKit.Engine;
using IdfKit.Storage;

namespace IdfKit.Cli;

/// <summary>What can go wrong with a command, as sentences and exit codes.</summary>
internal static class CommandGuard
{
    /// <summary>Does the work of a command.</summary>
    /// <param name="command">Its name: "submit".</param>
    /// <param name="work">The work; returns the exit code.</param>
    public static async Task<int> DoAsync(string command, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception wrong) when (wrong is AddressException or FunctionStartException)
        {
            Say(command, wrong.Message);
            return ExitCode.Usage;
        }
        catch (Exception failed) when (failed is EnergyPlusException or StorageException or CommandException)
        {
            Say(command, failed.Message);
            return ExitCode.Failure;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Say(command, CliSentences.Disk(failed.GetBaseException().Message));
            return ExitCode.Failure;
        }
    }

    public static void Say(string command, string sentence) => Console.Error.WriteLine($"idfkit {command}: {CliSentences.Clean(sentence)}");
}
