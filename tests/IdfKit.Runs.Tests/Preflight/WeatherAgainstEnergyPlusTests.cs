using System.Globalization;
using System.Text;

using TestBed;

using IdfKit.Engine;
using IdfKit.Runs.Preflight;

namespace IdfKit.Runs.Tests.Preflight;

/// <summary>Whatever is done to a weather file: EnergyPlus runs what the check accepts, and does not run what it refuses.</summary>
public sealed class WeatherAgainstEnergyPlusTests
{
    /// <summary>Each changes a whole week of weather; EnergyPlus runs the first ones and none of the second.</summary>
    private static readonly Dictionary<string, Func<List<string>, string>> RunsWith = new()
    {
        ["as it is"] = RealHouse.Text,
        ["Windows line ends"] = week => string.Join("\r\n", week),
        ["no last line end"] = week => string.Join('\n', week),
        ["commas behind every line"] = week => RealHouse.Text(week.Select(line => line + ",,,,")),
        ["empty rows at the end"] = week => RealHouse.Text([.. week, "", ",,,,", "   "]),
        ["a remark at the end"] = week => RealHouse.Text([.. week, "made by hand"]),
        ["quoted second line"] = week => RealHouse.Text(With(week, 1, line => $"\"{line}\"")),
        ["small letters in the third"] = week => RealHouse.Text(With(week, 2, line => line.ToLowerInvariant())),
        ["a third line of its own"] = week => RealHouse.Text(With(week, 2, _ => "WHATEVER,1")),
        ["comments without commas"] = week => RealHouse.Text(With(With(week, 5, _ => ""), 6, _ => "none")),
        ["blanks in dates"] = week => RealHouse.Text(With(week, 7, line => line.Replace("1/ 1", "1 / 1", StringComparison.Ordinal))),
        ["years in dates"] = week => RealHouse.Text(With(week, 7, _ => "DATA PERIODS,1,1,Data,Monday,1/1/2001,1/7/2001")),
        ["names of months"] = week => RealHouse.Text(With(week, 7, _ => "DATA PERIODS,1,1,Data,Sunday,Jan 1,Jan 7")),
        ["two periods"] = week => RealHouse.Text(
            [.. With(week, 7, _ => "DATA PERIODS,2,1,A,Sunday,1/1,1/7,B,Sunday,7/1,7/2"), .. RealHouse.Records(new(2001, 7, 1), 2)]),
        ["four records an hour"] = _ => RealHouse.Text(
            [.. RealHouse.Header.Take(7), "DATA PERIODS,1,4,Data,Sunday,1/1,1/7", .. RealHouse.Records(new(2001, 1, 1), 7, anHour: 4)]),
        ["a leap year"] = _ => RealHouse.Text(Year(2004, RealHouse.Records(new(2004, 1, 1), 366))),
        ["a leap year without its day"] = _ => RealHouse.Text(
            Year(2004, RealHouse.Records(new(2004, 1, 1), 366).Where(line => !line.StartsWith("2004,2,29", StringComparison.Ordinal)))),
        ["from July to June"] = _ => RealHouse.Text(
            [.. RealHouse.Header.Take(7), "DATA PERIODS,1,1,Data,Sunday,7/1,6/30", .. RealHouse.Records(new(2001, 7, 1), 365)]),
        ["years of different months"] = week => RealHouse.Text(
            week.Select((line, at) => at < 100 ? line : line.Replace("2001,", "1987,", StringComparison.Ordinal))),
        ["27 values in a record"] =
            week => RealHouse.Text(week.Select((line, at) => at < 8 ? line : string.Join(',', line.Split(',')[..27]))),
    };

    private static readonly Dictionary<string, Func<List<string>, string>> NeverRunsWith = new()
    {
        ["nothing"] = _ => "",
        ["blank lines"] = _ => "\n\n\n",
        ["a web page"] = _ => "<!DOCTYPE html>\n<html><body>Not found, sorry, really</body></html>\n",
        ["a pointer"] = _ => "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        ["one word"] = _ => "LOCATION",
        ["a text about places"] = _ => string.Concat(Enumerable.Repeat("LOCATION, is, everything, they, say, 1, 2, 3, 4, 5\n", 50)),
        ["a header alone"] = week => RealHouse.Text(week.Take(8)),
        ["line ends of old"] = week => string.Join('\r', week),
        ["semicolons"] = week => RealHouse.Text(week).Replace(',', ';'),
        ["a line of header twice"] = week => RealHouse.Text(week.Take(7).Concat(week.Skip(6))),
        ["a line of header missing"] = week => RealHouse.Text(week.Take(6).Concat(week.Skip(7))),
        ["a blank line in the header"] = week => RealHouse.Text(week.Take(5).Append("").Concat(week.Skip(5))),
        ["a place without height"] = week => RealHouse.Text(With(week, 0, line => line[..^6])),
        ["holidays cut off"] = week => RealHouse.Text(With(week, 4, _ => "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,2,New Year,1/1")),
        ["no periods"] = week => RealHouse.Text(With(week, 7, _ => "DATA PERIODS,0,1,Data,Sunday,1/1,1/7")),
        ["periods without dates"] = week => RealHouse.Text(With(week, 7, _ => "DATA PERIODS,1,1,Data,Sunday")),
        ["a period's line without values"] = week => RealHouse.Text(With(week, 7, _ => "DATA PERIODS,")),
        ["a weekday in German"] =
            week => RealHouse.Text(With(week, 7, line => line.Replace("Sunday", "Sonntag", StringComparison.Ordinal))),
        ["a month 13"] = week => RealHouse.Text(With(week, 7, line => line.Replace(" 1/ 1", "13/ 1", StringComparison.Ordinal))),
        ["an hour missing"] = week => RealHouse.Text(week.Where((_, at) => at != 60)),
        ["an hour twice"] = week => RealHouse.Text(week.Take(60).Concat(week.Skip(59))),
        ["the last hour missing"] = week => RealHouse.Text(week.SkipLast(1)),
        ["two days missing"] = week => RealHouse.Text(week.SkipLast(48)),
        ["half of a line"] = week => RealHouse.Text(With(week, 60, line => line[..30])),
        ["letters in a record"] = week => RealHouse.Text(With(week, 60, line => line.Replace("96500", "abc", StringComparison.Ordinal))),
        ["a cut in the last line"] = week => RealHouse.Text(week)[..^50],
        ["hours 0 to 23"] = week => RealHouse.Text(week.Select((line, at) => at < 8 ? line : Earlier(line))),
        ["quoted records"] = week => RealHouse.Text(
            week.Select((line, at) => at < 8 ? line : $"\"{line.Replace(",", "\",\"", StringComparison.Ordinal)}\"")),
    };

    /// <summary>EnergyPlus completes with these too, but at latitude 0, or stops; the staged copy is mended.</summary>
    private static readonly Dictionary<string, Func<List<string>, string>> MendedWith = new()
    {
        ["a byte order mark"] = week => "\uFEFF" + RealHouse.Text(week),
        ["a tab in front"] = week => RealHouse.Text(With(week, 0, line => "\t" + line)),
        ["small letters in the first"] = week => RealHouse.Text(With(week, 0, line => line.ToLowerInvariant())),
        ["a quoted first line"] = week => RealHouse.Text(With(week, 0, line => $"\"{line}\"")),
        ["quoted values in the last"] =
            week => RealHouse.Text(With(week, 7, line => $"\"{line.Replace(",", "\",\"", StringComparison.Ordinal)}\"")),
        ["small letters in the last"] = week => RealHouse.Text(With(week, 7, line => line.ToLowerInvariant())),
        ["empty rows between records"] = week => RealHouse.Text(week.Take(40).Append("").Append(",,,").Concat(week.Skip(40))),
    };

    [Fact]
    public async Task What_EnergyPlus_runs_is_accepted_as_it_is()
    {
        await using var house = new RealHouse();
        foreach (var (told, change) in RunsWith)
        {
            var (check, run) = await BothAsync(house, change(RealHouse.Week()));
            Assert.True(check.Rejection is null && check.Notices.Count == 0,
                $"{told}: {check.Rejection?.Message}{string.Concat(check.Notices)}");
            Assert.True(run.Outcome == RunOutcome.Completed, $"{told}: {run.OutputTail}");
        }
    }

    [Fact]
    public async Task What_EnergyPlus_does_not_run_is_refused()
    {
        await using var house = new RealHouse();
        foreach (var (told, change) in NeverRunsWith)
        {
            var (check, run) = await BothAsync(house, change(RealHouse.Week()));
            Assert.True(check.Rejection?.Reason == RunReason.BadWeather, $"{told} is accepted");
            Assert.True(run.Outcome != RunOutcome.Completed, $"{told} is refused, and EnergyPlus runs it");
            AssertIsSentence(check.Rejection.Message);
        }
    }

    [Fact]
    public async Task What_EnergyPlus_misreads_is_mended_in_the_staged_copy()
    {
        await using var house = new RealHouse();
        var whole = await BothAsync(house, RealHouse.Text(RealHouse.Week()));
        foreach (var (told, change) in MendedWith)
        {
            var (check, run, folder) = await CheckedAsync(house, change(RealHouse.Week()));
            Assert.True(check.Rejection is null, $"{told}: {check.Rejection?.Message}");
            AssertIsSentence(Assert.Single(check.Notices));
            Assert.True(run.Outcome == RunOutcome.Completed, $"{told}: {run.OutputTail}");
            Assert.DoesNotContain("Latitude=0.0", File.ReadAllText(Path.Combine(folder, "out", "eplusout.err")), StringComparison.Ordinal);
        }
        Assert.Equal(RunOutcome.Completed, whole.Run.Outcome);
    }

    [Fact]
    public async Task Random_changes_are_judged_as_EnergyPlus_judges_them()
    {
        await using var house = new RealHouse();
        var differences = new List<string>();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var text = RandomlyChanged(new Random(seed), out var told);
            var (check, run) = await BothAsync(house, text);
            var accepted = check.Rejection is null;
            if (check.Notices.Count > 0) continue; // mended: EnergyPlus was given another file
            if (accepted != (run.Outcome == RunOutcome.Completed))
                differences.Add($"seed {seed}, {told}: {check.Rejection?.Message ?? "accepted"}, and EnergyPlus {run.Outcome}");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("IDFKIT_TEST_WEATHER_ROUNDS"), out var rounds) ? rounds : 40;

    private static string RandomlyChanged(Random random, out string told)
    {
        var week = RealHouse.Week();
        var at = random.Next(3) == 0 ? random.Next(8) : random.Next(8, week.Count);
        var fields = week[at].Split(',');
        var field = random.Next(at < 8 ? 1 : 0, fields.Length); // a header without its name is no header, though EnergyPlus may run it
        var kind = random.Next(9);
        told = string.Create(CultureInfo.InvariantCulture, $"change {kind} of field {field} in line {at + 1}");
        switch (kind)
        {
            case 0: week.RemoveAt(at); break;
            case 1: week.Insert(at, week[at]); break;
            case 2: (week[at], week[^2]) = (week[^2], week[at]); break;
            case 3: week[at] = string.Join(',', fields[..field]); break;
            case 4: week[at] = string.Join(',', fields.Where((_, place) => place != field)); break;
            case 5: week[at] += ",,,"; break;
            case 6: week[at] = string.Join(',', fields.Select((value, place) => place == field ? "" : value)); break;
            case 7: week[at] = string.Join(',', fields.Select((value, place) => place == field ? "abc" : value)); break;
            default: return RealHouse.Text(week)[..random.Next(RealHouse.Text(week).Length)];
        }
        return RealHouse.Text(week);
    }

    private static async Task<(WeatherCheck Check, EngineRun Run)> BothAsync(RealHouse house, string text)
    {
        var (check, _, _) = await CheckedAsync(house, text, run: false);
        var folder = house.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "in.epw"), text, new UTF8Encoding(false));
        await File.WriteAllTextAsync(Path.Combine(folder, "in.idf"), RealHouse.Model);
        return (check, await house.RunAsync(folder));
    }

    private static async Task<(WeatherCheck Check, EngineRun Run, string Folder)> CheckedAsync(
        RealHouse house, string text, bool run = true)
    {
        var folder = house.NewFolder();
        var path = Path.Combine(folder, "in.epw");
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false));
        await File.WriteAllTextAsync(Path.Combine(folder, "in.idf"), RealHouse.Model);
        var check = WeatherFile.Check(path, "house.epw");
        return (check, run ? await house.RunAsync(folder) : new EngineRun { Outcome = RunOutcome.Failed }, folder);
    }

    private static List<string> With(List<string> lines, int at, Func<string, string> change)
    {
        lines[at] = change(lines[at]);
        return lines;
    }

    private static IEnumerable<string> Year(int year, IEnumerable<string> records) =>
        [.. RealHouse.Header.Take(7), $"DATA PERIODS,1,1,Data,Thursday,1/1/{year},12/31/{year}", .. records];

    private static string Earlier(string record)
    {
        var fields = record.Split(',');
        fields[3] = $"{int.Parse(fields[3], CultureInfo.InvariantCulture) - 1}";
        return string.Join(',', fields);
    }

    internal static void AssertIsSentence(string message)
    {
        Assert.True(message.Length <= 300, $"{message.Length} characters: {message}");
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }
}
