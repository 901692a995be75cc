using IdfKit.Engine.Children.Linux;

namespace IdfKit.Engine;

/// <summary>What this process holds and its children must not see.</summary>
public static class CallerSecrets
{
    /// <summary>
    /// Keeps other processes of the same user, EnergyPlus among them, from reading this one's environment and memory
    /// through <c>/proc</c>. For programs that hold credentials; there are no core dumps afterwards. Without effect
    /// elsewhere than on Linux, and against root.
    /// </summary>
    public static void Hide()
    {
        if (OperatingSystem.IsLinux()) Libc.HideThisProcess();
    }
}
