namespace IdfKit.Cli;

/// <summary>What the tool's exit codes mean; every command's help says the same.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
}
