using System.Text;

namespace IdfKit.Engine.Host;

/// <summary>How this program says that it, and not EnergyPlus, is what failed.</summary>
internal static class Exits
{
    /// <summary>EnergyPlus itself ends with 0, 1 or the codes of its argument parser (100 to 115).</summary>
    public const int Refused = 125;

    /// <summary>The first words of every line of this program's own; the runner knows them by it.</summary>
    public const string Prefix = "idfkit-engine: ";

    public static int Refuse(string message)
    {
        Say(2, message);
        return Refused;
    }

    /// <summary>Straight to the descriptor: System.Console would cost a third of this program's start.</summary>
    public static void Say(int descriptor, string message)
    {
        ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(Prefix + message.ReplaceLineEndings(" ") + "\n");
        while (line.Length > 0)
        {
            var written = Libc.Write(descriptor, line, (nuint)line.Length);
            if (written <= 0) return; // nobody listens any more
            line = line[(int)written..];
        }
    }
}
