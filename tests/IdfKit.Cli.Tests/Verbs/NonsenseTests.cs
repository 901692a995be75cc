using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

using TestBed;

namespace IdfKit.Cli.Tests.Verbs;

/// <summary>
/// Whatever stands behind any option or argument of any command is answered by a sentence. Built from the tree of commands, so that a new
/// option is covered by itself.
/// </summary>
public sealed class NonsenseTests : IDisposable
{
    private static readonly string[] Nonsense =
    [
        "", " ", "-5", "99999999999999999999", "abc", "s3:", "s3://", "s3://b/../x", "s3://B_!/x", "s3://b?regoin=x", "http://",
            "http://x:99999",
        "http://example.org/b", "../../\u0001\n\u001b[31m", "=", "/dev/null", "/proc/self/mem", "[", "**", "é\u202e",
            new string('ä', 5_000),
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Those of studies have a test of their own, with a study that is there.</summary>
    public static TheoryData<string> Commands =>
        [.. Leaves(IdfkitCommand.Create(), []).Where(leaf => leaf.Path[0] != "study").Select(leaf => string.Join(' ', leaf.Path))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "run: Argument 'yes' not recognized. Must be one of: 'off', 'periods', 'year'.", "run", "a", "--parallel", "yes")]
    [InlineData(2, "completion: Argument 'tcsh' not recognized. Must be one of: 'bash', 'zsh', 'fish', 'pwsh'.", "completion", "tcsh")]
    [InlineData(2, "idfkit submit: --label must not be empty.", "submit", "a.idf", "--to", "b", "--label", "")]
    [InlineData(2, "idfkit submit: the tag 'a' is given more than once; a run has one value of each.",
        "submit", "a.idf", "--to", "b", "--tags", "a=1", "--tags", "b=2", "--tags", "a=2")]
    [InlineData(2, "idfkit run: --jobs must lie between 1 and 1000.", "run", "a.idf", "--jobs", "99999999999999999999")]
    [InlineData(2, "idfkit run: '--json' is an option, and behind '--' stand none; put it before. A file of that name is "
        + "written './--json'.",
        "run", "a.idf", "--", "--json")]
    [InlineData(2, "idfkit doctor: --bucket must not be empty.", "doctor", "--bucket", "")]
    [InlineData(2, "idfkit: Unrecognized command or argument 'help'.", "help")]
    [InlineData(1, "idfkit study check: there is no study 'absent.study.csv'.", "study", "check", "absent.study.csv")]
    [InlineData(1, "idfkit study run: there is no study 'absent.study.csv'.", "study", "run", "absent.study.csv")]
    [InlineData(1, "idfkit run: there is no model (.idf, .epJSON or .zip) in /dev/null, x.imf.", "run", "/dev/null", "x.imf")]
    [InlineData(1, "'a.idf' has a carriage return behind it: the list that it stands in has the line ends of Windows; take them out "
        + "(tr -d '\\r').", "run", "a.idf\r")]
    public async Task Reason_is_one_line_of_the_users_words(int exit, string reason, params string[] arguments)
    {
        await File.WriteAllTextAsync(_folder["x.imf"], "", TestContext.Current.CancellationToken);
        var typed = arguments.Select(text => text is "x.imf" ? _folder[text] : text);
        var (exitCode, output) = await Tool.RunAsync(null, [.. typed]);
        Assert.Equal(exit, exitCode);
        var said = output.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        Assert.EndsWith(reason, said.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", said, StringComparison.Ordinal);
        if (exit == 2) Assert.Equal(2, said.TrimEnd().Split('\n').Length);
    }

    [Fact] // dev said that it had failed
    public async Task Variable_that_cannot_be_is_wrong_usage_of_every_command_that_reads_it()
    {
        var model = DesignDays.Write(_folder["model.idf"]);
        var wrong = new Dictionary<string, string> { ["IDFKIT_PARALLEL"] = "5" };
        string[][] commands =
        [
            ["dev", _folder["b"]], ["check", model], ["run", model, "-o", _folder["out"]], ["submit", model, "--to", _folder.Path],
        ];
        foreach (var arguments in commands)
        {
            var (exitCode, output) = await Tool.RunAsync(wrong, arguments);
            var said = $"idfkit {arguments[0]}: IDFKIT_PARALLEL is '5'; it must be off, periods, year.";
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Usage, exitCode);
        }
    }

    [Fact] // they were taken for files of further arguments
    public async Task Arguments_that_begin_with_an_at_sign_are_taken_as_they_are()
    {
        DesignDays.Write(_folder["@a.idf"]);
        await using (var checking = Tool.StartIn(_folder.Path, null, "check", "@a.idf"))
        {
            await checking.SaysAsync("@a.idf: would be run");
            Assert.Equal(0, await checking.ExitAsync());
        }
        await using var varying = Tool.StartIn(_folder.Path, null, "study", "new", "@a.idf", "--vary", "@@cold@@=-18,-20");
        await varying.SaysAsync("The tag '@@cold@@' stands nowhere in '@a.idf'");
        Assert.Equal(1, await varying.ExitAsync());
    }

    [Theory(Timeout = 300_000)] // estimate waited for somebody to write into the pipe, and let itself not be interrupted
    [InlineData("is no file", "estimate", "{pipe}")]
    [InlineData("is no file", "estimate", "{model}", "--prices", "{pipe}")]
    [InlineData("is no file, but a pipe, a socket or a device.", "run", "{pipe}", "-o", "{out}")]
    [InlineData("is no file, but a pipe, a socket or a device.", "submit", "{pipe}", "--to", "{bucket}")]
    [InlineData("there is no weather file", "run", "{model}", "--weather", "{pipe}", "-o", "{out}")]
    [InlineData("there is no weather file", "submit", "{model}", "--weather", "{pipe}", "--to", "{bucket}")]
    public async Task Pipe_is_no_file_and_is_not_waited_for(string reason, params string[] arguments)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        Directory.CreateDirectory(_folder["bucket", "inputs"]);
        DesignDays.Write(_folder["model.idf"]);
        using var made = Process.Start("mkfifo", [_folder["pipe.idf"]]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var names = new Dictionary<string, string>
        {
            ["{pipe}"] = _folder["pipe.idf"], ["{model}"] = _folder["model.idf"],
            ["{out}"] = _folder["out"], ["{bucket}"] = _folder["bucket"],
        };
        var (exitCode, output) = await Tool.RunAsync(null, [.. arguments.Select(argument => names.GetValueOrDefault(argument, argument))]);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Nonsense_anywhere_is_a_sentence(string name)
    {
        var (path, command) = Leaves(IdfkitCommand.Create(), []).Single(leaf => string.Join(' ', leaf.Path) == name);
        Directory.CreateDirectory(_folder["empty"]);
        List<string[]> all = [];
        foreach (var value in Nonsense)
        {
            foreach (var option in command.Options.Where(option => option.ValueType != typeof(bool)))
                all.Add([.. path, .. Filled(command, option), option.Name, value]);
            for (var at = 0; at < command.Arguments.Count; at++)
                all.Add([.. path, .. Filled(command, null, at, value)]);
        }
        var faults = new ConcurrentBag<string>();
        var root = IdfkitCommand.Create();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (arguments, _) =>
        {
            var parsed = root.Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                // What no command comes to see need not be a process.
                using var said = new StringWriter();
                WrongUsage.Say(parsed, said);
                if (said.ToString().Any(c => char.IsControl(c) && c != '\n')) faults.Add(said.ToString());
                return;
            }
            if (await FaultOfAsync(null, arguments) is { } fault) faults.Add(fault);
        });
        Assert.Empty(faults);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Option_that_a_command_does_not_have_is_no_file(string name)
    {
        var parsed = IdfkitCommand.Create().Parse([.. name.Split(' '), "a.idf", "--frobnicate"]);
        using var said = new StringWriter();
        WrongUsage.Say(parsed, said);
        Assert.NotEmpty(parsed.Errors);
        Assert.Contains("'--frobnicate'", said.ToString(), StringComparison.Ordinal);

        var near = IdfkitCommand.Create().Parse(["run", "a.idf", "--wether"]);
        Assert.Contains(near.Errors, error => error.Message.Contains("(is --weather meant?)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_S3", "nonsense")]
    [InlineData("AWS_ENDPOINT_URL_S3", "ftp://x")]
    [InlineData("AWS_ENDPOINT_URL_S3", "http://u:p@x")]
    [InlineData("AWS_ENDPOINT_URL", ":::")]
    [InlineData("AWS_REGION", "no such/region")]
    [InlineData("AWS_DEFAULT_REGION", "\u001b[31m")]
    [InlineData("IDFKIT_INPUT_PREFIX", "../x")]
    [InlineData("IDFKIT_OUTPUT_PREFIX", "inputs/out")]
    public async Task Variable_that_cannot_be_used_is_named(string variable, string value)
    {
        var model = DesignDays.Write(_folder["a.idf"]);
        foreach (var arguments in (string[][])
            [
                ["submit", model, "--to", "s3://b"], ["watch", "s3://b"], ["show", "s3://b/x"], ["retry", "s3://b"], ["get", "s3://b/x"],
                ["compare", "s3://b/x", "s3://b/y"],
            ])
        {
            var variables = new Dictionary<string, string> { [variable] = value, ["AWS_ACCESS_KEY_ID"] = "k",
                ["AWS_SECRET_ACCESS_KEY"] = "s" };
            var (exitCode, output) = await Tool.RunAsync(variables, arguments);
            Assert.True(exitCode == 2, output);
            Assert.Contains(variable.StartsWith("AWS", StringComparison.Ordinal) ? variable : "prefix", output,
                StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task File_in_place_of_a_folder_and_a_folder_that_cannot_be_written_are_sentences()
    {
        var model = DesignDays.Write(_folder["a.idf"]);
        foreach (var arguments in (string[][])
            [
                ["show", model], ["watch", model], ["retry", model], ["get", model], ["compare", model, model], ["submit", model,
                    "--to", model],
                ["run", model, "-o", model], ["run", model, "-o", "/proc/nope"], ["get", _folder["empty"], "-o", "/proc/nope"],
                ["collect", model, "-o", _folder["x.csv"]], ["submit", "/proc/1/mem", "--to", _folder.Path],
            ])
        {
            var (exitCode, output) = await Tool.RunAsync(Variables(), arguments);
            Assert.True(exitCode is 1 or 2, string.Join(' ', arguments) + output);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Folder_that_is_not_there_is_not_opened_and_it_is_said_what_makes_it()
    {
        var absent = _folder["my models"];
        var (exitCode, output) = await Tool.RunAsync(null, "open", absent, "--no-browser");
        Assert.Equal(
            (1, $"idfkit open: there is no folder '{absent}'; 'idfkit open '{absent}' --serve' makes it and runs what is put there."),
            (exitCode, output.TrimEnd()));
        Assert.False(Directory.Exists(absent));
        (exitCode, output) = await Tool.RunAsync(null, "open", "/proc/nope", "--serve", "--no-browser");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("idfkit open: the folder /proc/nope cannot be made or written (", output, StringComparison.Ordinal);
    }

    [Fact] // any folder inputs above was taken for a bucket, and a path named that nobody had looked for
    public async Task Folder_that_is_not_there_is_a_part_only_of_a_bucket_that_has_it()
    {
        var (inner, absent) = (_folder["b", "p"], _folder["b", "q"]);
        Directory.CreateDirectory(_folder["inputs"]);
        var (exitCode, output) = await Tool.RunAsync(null, "show", inner);
        Assert.Equal(
            (1, $"idfkit show: there is no folder '{inner}'; 'idfkit dev' makes and serves one, and buckets are written s3://bucket."),
            (exitCode, output.TrimEnd()));

        Directory.CreateDirectory(_folder["b", "outputs", "p"]);
        Directory.CreateDirectory(_folder["b", ".idfkit"]);
        string[][] commands = [["show", inner], ["open", inner, "--no-browser"]];
        foreach (var arguments in commands)
            Assert.Equal(
                (1, $"idfkit {arguments[0]}: there is no folder '{inner}'; a part of the bucket that it would lie in is written "
                    + $"{_folder["b", "outputs", "p"]}."),
                await SaidAsync(arguments));
        Assert.Equal(
            (1, $"idfkit open: there is no folder '{absent}', and the bucket {_folder["b"]} that it would lie in has no such part."),
            await SaidAsync("open", absent, "--no-browser"));

        // Nor does --serve make a bucket in that one.
        foreach (var (folder, told) in new[] { (inner, "a part of the bucket"), (absent, "has no such part") })
        {
            var (refused, output2) = await SaidAsync("open", folder, "--serve", "--no-browser");
            Assert.Equal(1, refused);
            Assert.Contains(told, output2, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder), output2);
        }

        static async Task<(int, string)> SaidAsync(params string[] arguments)
        {
            var (exitCode, output) = await Tool.RunAsync(null, arguments);
            return (exitCode, output.TrimEnd());
        }
    }

    [Fact] // the client of S3 tried for four seconds, and then spoke of an endpoint
    public async Task Address_of_a_dev_that_was_stopped_is_said_to_be_without_an_answer()
    {
        using var held = new Socket(SocketType.Stream, ProtocolType.Tcp); // so that nobody else listens there meanwhile
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://127.0.0.1:{((IPEndPoint)held.LocalEndPoint!).Port}";
        var model = DesignDays.Write(_folder["a.idf"]);
        foreach (var arguments in (string[][])
            [
                ["watch", address], ["show", address], ["retry", address], ["get", address], ["compare", address, address],
                ["submit", model, "--to", address], ["collect", address, "-o", _folder["x.csv"]], ["open", address, "--no-browser"],
                ["estimate", model, "--to", address],
            ])
        {
            var (exitCode, output) = await Tool.RunAsync(Variables(), arguments);
            Assert.True(exitCode == 1, output);
            Assert.EndsWith(
                $"nothing answers at {address}; start 'idfkit dev' on its folder (again) and take the address that it prints.",
                output.TrimEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Wrong_usage_is_a_line_of_usage_and_then_the_reason()
    {
        var (exitCode, output) = await Tool.RunAsync(null, "submit", "--tags", "x");
        var lines = output.Trim().Split('\n');
        Assert.Equal(2, exitCode);
        Assert.StartsWith("Usage: idfkit submit FILES… --to PLACE [OPTIONS]", lines[0], StringComparison.Ordinal);
        Assert.InRange(lines.Length, 2, 4);
        Assert.All(lines[1..], line => Assert.StartsWith("idfkit submit: ", line, StringComparison.Ordinal));
    }

    [Theory] // a part behind ; or # was not quoted
    [InlineData("my bucket")]
    [InlineData("a;id")]
    [InlineData("#1")]
    [InlineData("it's * [x] ~ $HOME `id` \\ | > &!?")]
    [InlineData("s3://b/p?profile=x")]
    [InlineData("büro/1_x-2.y:+@%,")]
    public async Task Command_that_goes_on_can_be_pasted_into_a_shell(string place)
    {
        Needs.That(OperatingSystem.IsLinux(), Needs.Linux);
        const string Begin = "idfkit retry ";
        var sentence = CliSentences.RetryThem(place);
        var typed = "printf %s " + sentence[(sentence.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..];
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", typed]) { RedirectStandardOutput = true })!;
        Assert.Equal(place, await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(below => Leaves(below, [.. path, below.Name]));

    private static Dictionary<string, string> Variables() => new() { ["ENERGYPLUS_DIR"] = RealParts.EnergyPlus() };

    /// <summary>Something for every argument and required option, such that the command cannot do much.</summary>
    private IEnumerable<string> Filled(Command command, Option? but, int at = -1, string value = "")
    {
        for (var index = 0; index < command.Arguments.Count; index++)
            if (index == at) yield return value;
            else if (command.Arguments[index].Arity.MinimumNumberOfValues > 0) yield return _folder["empty"];
        foreach (var option in command.Options.Where(option => option.Required && option != but))
        {
            yield return option.Name;
            yield return option.Name == "--output" ? _folder["out.csv"] : _folder["empty"];
        }
        // It would serve until it is stopped.
        if (command.Name != "dev" || but?.Name == "--bootstrap") yield break;
        yield return "--bootstrap";
        yield return _folder["no-function"];
    }

    private async Task<string?> FaultOfAsync(Dictionary<string, string>? variables, string[] arguments)
    {
        variables ??= new()
        {
            ["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9", ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "k", ["AWS_SECRET_ACCESS_KEY"] = "s",
        };
        await using var tool = Tool.StartIn(_folder["empty"], variables, arguments);
        var exitCode = await tool.ExitAsync();
        var isTrace = tool.Output.Contains("   at ", StringComparison.Ordinal)
            || tool.Output.Contains("Exception", StringComparison.Ordinal);
        var isRaw = tool.Output.Contains('\u001b', StringComparison.Ordinal) || tool.Output.Contains('\u202e', StringComparison.Ordinal);
        var isSilent = exitCode != 0 && tool.Output.Trim().Length == 0;
        return exitCode is 0 or 1 or 2 && !isTrace && !isRaw && !isSilent
            ? null
            : $"{string.Join(' ', arguments)[..Math.Min(200, string.Join(' ', arguments).Length)]} ends with {exitCode}: {tool.Output}";
    }
}
