using System.CommandLine;
using System.Text.RegularExpressions;

namespace IdfKit.Cli.Tests.Documents;

/// <summary>Every command that a page shows is run by a test, or the page says what it needs that a test has not.</summary>
public sealed partial class MarkTests
{
    public static TheoryData<string> Pages => [.. Page.Names];

    [Theory, MemberData(nameof(Pages))]
    public void Commands_are_marked(string name) => Assert.Empty(Unmarked(Page.Read(name)));

    [Theory, MemberData(nameof(Pages))]
    public void Commands_and_options_that_the_prose_names_exist(string name) => Assert.Empty(Unknown(Page.Read(name).Prose));

    [Theory]
    [InlineData("```", "idfkit run models/", "```")]
    [InlineData("```text", "aws s3 ls", "```")]
    [InlineData("```sh aws", "idfkit run models/", "```")]
    [InlineData("```sh containers", "idfkit run models/", "```")]
    [InlineData("```sh sometimes", "idfkit run models/", "```")]
    public void A_command_that_nobody_runs_is_noticed(params string[] lines) => Assert.Single(Unmarked(Page.Of("page", lines)));

    [Theory]
    [InlineData("`idfkit simulate office.idf` does it")]
    [InlineData("`idfkit run --wether F`")]
    [InlineData("`idfkit study chek`")]
    public void An_option_that_is_none_is_noticed(string prose) => Assert.Single(Unknown(prose));

    [Fact]
    public void What_another_test_runs_is_still_in_that_test()
    {
        foreach (var (command, (file, words)) in Elsewhere.Tests)
        {
            var code = File.ReadAllText(TestBed.Repository.PathOf(file));
            Assert.True(code.Contains(words, StringComparison.Ordinal), $"{file} says nothing of '{words}', so who runs {command}?");
        }
    }

    [Fact]
    public void Page_for_modellers_has_no_word_of_aws_before_its_second_half()
    {
        var page = File.ReadAllText(TestBed.Repository.PathOf("docs", "modellers.md"));
        var half = page.IndexOf("## The bucket that somebody gave you", StringComparison.Ordinal);
        Assert.InRange(half, page.Length / 2, page.Length);
        Assert.Empty(WordOfAws().Matches(page[..half]).Select(word => word.Value));
        Assert.NotEmpty(WordOfAws().Matches(page[half..]));
    }

    private static List<string> Unmarked(Page page)
    {
        var faults = new List<string>();
        foreach (var fence in page.Fences)
        {
            var at = $"{page.Name}, line {fence.Line}: ";
            if (fence.Info.StartsWith("sh ", StringComparison.Ordinal) && !fence.IsTyped)
                faults.Add(at + $"'{fence.Info}' is no mark; they are sh, sh aws, sh containers");
            else if (!fence.IsTyped && fence.LooksTyped() is { } line)
                faults.Add(at + $"nothing says who runs '{line.Trim()}'; mark the fence with sh, or what it needs");
            else if (fence.NeedsAws && fence.Commands().FirstOrDefault(command => !Account().IsMatch(command)) is { } local)
                faults.Add(at + $"'{local}' needs no AWS account");
            else if (fence.NeedsContainers && !fence.Commands().Any(command => Engine().IsMatch(command)))
                faults.Add(at + "nothing of it needs a container engine");
        }
        return faults;
    }

    /// <summary>The spans of code in a text that name a command or an option which the tool has not.</summary>
    private static List<string> Unknown(string prose) =>
        [.. Span().Matches(prose).Select(span => span.Groups[1].Value).Where(IsUnknown)];

    private static bool IsUnknown(string typed)
    {
        Command command = IdfkitCommand.Create();
        var options = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet();
        foreach (var word in typed.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                if (!options.Contains(word.Split('=')[0])) return true;
            }
            else if (command.Subcommands.Count > 0)
            {
                if (!Lower().IsMatch(word)) return false; // COMMAND, … and |
                if (command.Subcommands.FirstOrDefault(sub => sub.Name == word) is not { } named) return true;
                command = named;
                options.UnionWith(command.Options.SelectMany(option => option.Aliases.Append(option.Name)));
            }
        }
        return false;
    }

    [GeneratedRegex(@"^(sam|aws|docker|idfkit doctor --(stack|bucket)|export) ")]
    private static partial Regex Account();

    [GeneratedRegex(@"\b(docker|podman|buildah)\b|^eng/add-energyplus\.sh ")]
    private static partial Regex Engine();

    [GeneratedRegex(@"`(idfkit [^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\b(AWS|Amazon|S3|Lambda|buckets?|IAM|EventBridge|SQS|ARN|regions?|credentials?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WordOfAws();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex Lower();
}
