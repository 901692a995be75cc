namespace IdfKit.Engine.Host;

/// <summary>The variables that only this program's own runtime needed; EnergyPlus does not get them.</summary>
internal static class RuntimeVariables
{
    public static IEnumerable<string> Names => Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(Includes);

    public static bool Includes(string name) => name.StartsWith("DOTNET_", StringComparison.Ordinal);
}
