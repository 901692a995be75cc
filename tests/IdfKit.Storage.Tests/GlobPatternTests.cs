using System.Diagnostics;
using System.Text;
using IdfKit.Storage.Contract;

namespace IdfKit.Storage.Tests;

public sealed class GlobPatternTests
{
    private static readonly string[] Pieces =
    [
        "*", "*", "**", "**/", "/**/", "/**", "***", "?", "/", "/",
        "[", "]", "!", "-", "^", "\\", ".", "a", "b", "c", "z", "A", "0", "9", " ", "+",
        "[ab]", "[!ab]", "[a-c]", "[!a-c]", "[z-a]", "[!z-a]",
        "[]", "[!]", "[]a]", "[!]a]", "[a-]", "[-a]", "[!-a]", "[a-c-e]", "[--0]", "[.-0]",
        "[+-9]", "[!+-9]", "[/]", "[!/]", "[a/b]", "[[]", "[*]", "[?]", "[a", "[!", "[!a",
        "é", "\U0001F600", "\U0001F601", "\uffee", "\ud800", "\udc00",
        "[\U0001F600-\U0001F64F]", "[!\U0001F600]", "[\uffee-\U0001F600]", "[a-\U0001F600]", "[\U0001F64F-\U0001F600]",
    ];

    private static readonly string[] Letters =
        ["a", "a", "b", "b", "c", "d", "e", "z", "A", "0", "9", "/", "/", ".", "-", "!", "[", "]", "^", "\\", "*", "?", " ", "+", "é",
            "\U0001F600", "\U0001F601", "\uffee", "\ud800", "\udc00"];

    [Fact, Rule("L5", "L6", "L7", "L8", "L10", "L11")]
    public void A_hundred_thousand_random_patterns_mean_what_the_contract_says()
    {
        const int seed = 20_261;
        var random = new Random(seed);
        var (tried, matched) = (0, 0);
        while (tried < 100_000)
        {
            var pattern = Text(random, Pieces, 1 + random.Next(6)).Trim('/');
            if (pattern.Length == 0) continue;
            var path = random.Next(2) == 0 ? Text(random, Letters, random.Next(9)) : Fitting(random, pattern);
            var expected = GlobOracle.Matches(pattern, path);
            var glob = new GlobPattern(pattern);
            Assert.True(expected == glob.IsMatch(path), $"'{Shown(pattern)}' on '{Shown(path)}' should be {expected} (seed {seed})");
            Assert.True(!expected || !glob.IsSingleFolder || glob.Folder.Length == 0
                || path.StartsWith(glob.Folder + "/", StringComparison.Ordinal));
            (tried, matched) = (tried + 1, matched + (expected ? 1 : 0));
        }
        Assert.InRange(matched, 10_000, 90_000);
    }

    [Theory, Rule("L6", "L7", "L10", "L11")]
    [InlineData("[!]", "[!]", true)]
    [InlineData("[!]", "x", false)]
    [InlineData("[]", "[]", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("a[*", "a[xyz", true)]
    [InlineData("[z-a]", "m", false)]
    [InlineData("[!z-a]", "m", true)]
    [InlineData("[!z-a]", "/", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[]-]", "]", true)]
    [InlineData("[!]]", "]", false)]
    [InlineData("[!]]", "a", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("[^a]", "b", false)]
    [InlineData("x[+-9]y", "x/y", false)]
    [InlineData("x[!a]y", "x/y", false)]
    [InlineData("x[/]y", "x/y", false)]
    [InlineData("[a/b]", "b", true)]
    [InlineData("a**b", "a/x/b", true)]
    [InlineData("a**b", "ab", true)]
    [InlineData("a**/b", "a/b", true)]
    [InlineData("a**/b", "ab", false)]
    [InlineData("a**/b", "axy/z/b", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "ab", false)]
    [InlineData("**/b", "b", true)]
    [InlineData("**/b", "ab", false)]
    [InlineData("a/**", "a", false)]
    [InlineData("***/b", "x/b", true)]
    [InlineData("?", "\U0001F600", true)]
    [InlineData("??", "\U0001F600", false)]
    [InlineData("[\U0001F600-\U0001F64F]", "\U0001F610", true)]
    [InlineData("[\U0001F600-\U0001F64F]", "\U0001F650", false)]
    [InlineData("[!\U0001F600]", "\U0001F601", true)]
    [InlineData("[\uffee-\U0001F600]", "\U00010000", true)]
    [InlineData("*\n*", "a\nb", true)]
    public void Pattern_means_what_the_contract_says(string pattern, string path, bool expected)
    {
        Assert.Equal(expected, GlobOracle.Matches(pattern, path));
        Assert.Equal(expected, new GlobPattern(pattern).IsMatch(path));
    }

    [Fact, Rule("L13")]
    public void No_pattern_takes_for_ever()
    {
        var path = new string('a', 1000) + "/" + new string('a', 23);
        string[] patterns =
        [
            string.Concat(Enumerable.Repeat("*a", 500)) + "b", string.Concat(Enumerable.Repeat("**a", 500)) + "b",
            string.Concat(Enumerable.Repeat("**/", 5_000)) + "b", string.Concat(Enumerable.Repeat("*?[a-z]**", 300)) + "!",
            new string('[', 50_000), string.Concat(Enumerable.Repeat("[!a", 20_000)),
            new string('*', 100_000) + "b", new string('?', 5_000),
        ];
        var watch = Stopwatch.StartNew();
        foreach (var pattern in patterns) Assert.False(new GlobPattern(pattern).IsMatch(path));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    // A path that the pattern may well match: its wildcards replaced by something.
    private static string Fitting(Random random, string pattern)
    {
        var path = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[' && random.Next(4) > 0 && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is var end && end > 0)
            {
                path.Append(Letters[random.Next(Letters.Length)]);
                i = end;
            }
            else
            {
                path.Append(pattern[i] is '*' ? Text(random, Letters, random.Next(3)) : pattern[i] is '?' ? "b" : pattern[i].ToString());
            }
        }
        return path.ToString();
    }

    private static string Text(Random random, string[] pieces, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => pieces[random.Next(pieces.Length)]));

    private static string Shown(string text) =>
        string.Concat(text.Select(c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));
}
