using Xunit;

using IdfKit.Engine;

using TestBed;

namespace RunBed;

/// <summary>
/// A shell script in EnergyPlus's place. A model tells it what to do in lines that begin with <c>!fake</c>: shell commands, with
/// <c>$out</c> for the output directory. Then it completes, unless the commands have ended it. It starts no process by itself, so
/// that it can be confined.
/// </summary>
internal sealed class ScriptedEnergyPlus : IDisposable
{
    private const string Program = """
        #!/bin/sh
        out=.
        while [ $# -gt 1 ]; do
          case "$1" in
            -d) out="$2"; shift 2 ;;
            -w|-p|-s) shift 2 ;;
            *) shift ;;
          esac
        done
        fatal() {
            end='EnergyPlus Terminated--Fatal Error Detected. 0 Warning; 1 Severe Errors; Elapsed Time=00hr 00min  0.01sec'
            printf '%s\n' "$end" > "$out/eplusout.end"
            exit 1
        }
        printf 'Program Version,scripted\n' > "$out/eplusout.err"
        commands=
        while IFS= read -r line; do
          case "$line" in '!fake '*) commands="$commands${line#??????}
        " ;; esac
        done < "$1"
        eval "$commands"
        printf 'EnergyPlus Completed Successfully-- 0 Warning; 0 Severe Errors; Elapsed Time=00hr 00min  0.01sec\n' > "$out/eplusout.end"

        """;

    private readonly TemporaryFolder _folder = new();

    public ScriptedEnergyPlus(string version = "25.2.0")
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Needs.That(Environment.GetEnvironmentVariable("IDFKIT_TEST_IN_IMAGE") != "1", Needs.OutsideAnImage);
        File.WriteAllText(_folder["Energy+.idd"], $"!IDD_Version {version}\n!IDD_BUILD cf7368216c\n");
        WriteProgram("energyplus", Program);
    }

    /// <summary>Puts a script in the place of a Transition program; <c>$1</c> is the model, which it rewrites in its place.</summary>
    public ScriptedEnergyPlus WithTransition(string from, string to, string script)
    {
        WriteProgram($"PreProcess/IDFVersionUpdater/Transition-V{from}-to-V{to}", "#!/bin/sh\n" + script + "\n");
        return this;
    }

    public EnergyPlusInstallation Installation => EnergyPlusInstallation.Find(_folder.Path);

    /// <summary>How often models made by <see cref="CountedModel"/> have been run.</summary>
    public int Runs => File.Exists(_folder["runs"]) ? File.ReadAllLines(_folder["runs"]).Length : 0;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A model that needs no weather and does these shell commands.</summary>
    public static string Model(params string[] commands) =>
        string.Concat(commands.Select(command => $"!fake {command}\n")) + "Version,25.2;\nBuilding,Scripted;\n";

    /// <summary>The same, but each run of it is counted.</summary>
    public string CountedModel(params string[] commands) => Model([$"echo run >> '{_folder["runs"]}'", .. commands]);

    /// <summary>Waits until a model's commands have written a file.</summary>
    public static async Task WaitForAsync(string path)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!File.Exists(path)) await Task.Delay(10, limit.Token);
    }

    /// <summary>Whether a process lives whose command line has this text.</summary>
    public static bool Lives(string text) => CommandLines.With(text).Count > 0;

    public void Dispose() => _folder.Dispose();

    private void WriteProgram(string name, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], script);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder[name], (UnixFileMode)0b111_101_101);
    }
}
