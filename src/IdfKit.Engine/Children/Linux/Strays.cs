namespace IdfKit.Engine.Children.Linux;

/// <summary>What runs have left behind: processes that have left their session and their parents (<see cref="Leaders.IsStray"/>).</summary>
internal static class Strays
{
    /// <summary>
    /// Kills and reaps those that there are. One that forks and ends over and over is never where a look at all processes finds
    /// it; between a look at this process's own children and the signal there is next to no time.
    /// </summary>
    /// <returns>Whether there were any.</returns>
    public static bool Kill()
    {
        const int MostLooks = 200;
        for (var look = 0; look < MostLooks; look++)
        {
            var strays = ProcessTable.Adopted().Where(Leaders.IsStray).ToList();
            if (strays.Count == 0) return look > 0;
            foreach (var id in strays)
            {
                _ = Libc.Signal(id, Libc.Kill);
                Reap(id);
            }
        }
        return true;
    }

    /// <summary>A process that adopts must reap; .NET does so for none but its own.</summary>
    public static void Reap(int id) => _ = Libc.Wait(id, out _, Libc.NoHang, out _);
}
