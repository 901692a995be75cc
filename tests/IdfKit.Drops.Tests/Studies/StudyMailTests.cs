using IdfKit.Drops.Studies;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Drops.Tests.Studies;

/// <summary>The mail of a study's end, whatever the study is called.</summary>
public sealed class StudyMailTests
{
    public static TheoryData<string> Names =>
    [
        "office", "it's", "$(touch x)", "a'; touch x; '", "`touch x`", "Büro 北 😀", "=?utf-8?B?eA==?=", "a\u2028b\u202Ec",
        "Subject: x", new string('n', 300), new string('\'', 300), "-rf", "\\'\\\\", "\"q\"",
    ];

    [Theory, MemberData(nameof(Names))]
    public async Task Name_breaks_neither_the_subject_nor_the_text_nor_the_command(string name)
    {
        await using var bed = new StudyBed();
        var mail = Mail(bed, $"inputs/{name}/{name}.study.csv", $"{name} has ended.\r\nTo: somebody");
        Assert.InRange(mail.Subject.Length, 20, 100);
        Assert.Matches("^Study [A-Za-z0-9 .,:()_-]+$", mail.Subject);
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Matches("^[A-Za-z0-9]", mail.Subject);

        var lines = mail.Text.Split('\n');
        Assert.Equal(11, lines.Length);
        Assert.Equal("Bucket: bucket", lines[6]);
        Assert.DoesNotContain(mail.Text, character => char.IsControl(character) && character != '\n');
        // What the shell makes of it is the key, whole and nothing else.
        var shell = await Tool.RunAsync("sh", bed.Pipeline.WorkDirectory, "-c", lines[9].Replace("aws s3 cp", "printf '%s|'",
            StringComparison.Ordinal));
        Assert.Equal($"s3://bucket/outputs/{name}/{name}.study/index.html|.|", shell.Output);
    }

    [Fact]
    public async Task Rows_that_are_missing_are_told_with_what_to_do()
    {
        await using var bed = new StudyBed();
        var mail = Mail(bed, "inputs/p/office.study.csv", "1 of 3 rows has ended.");
        Assert.Equal("Study office.study.csv: 1 of 3 rows has ended.", mail.Subject);
        Assert.StartsWith(
            "1 of 3 rows has ended.\n2 rows have not been run; drop the study again to run what is left.\n\n"
                + "completed          1\nnot_run            2\n\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_was_not_started_is_not_to_be_dropped_again()
    {
        await using var bed = new StudyBed();
        var mail = Mail(bed, "inputs/p/office.study.csv", "Too many rows.", isHeld: true);
        Assert.DoesNotContain("drop the study again", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_several_lines_is_no_line_of_the_mail()
    {
        await using var bed = new StudyBed();
        var mail = Mail(bed, "inputs/p/a\nsudo rm.study.csv", "1 of 3 rows has ended.");
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.StartsWith("sudo", StringComparison.Ordinal));
    }

    private static CalledMail Mail(StudyBed bed, string key, string message, bool isHeld = false)
    {
        var results = ResultsPlace.For("bucket", new RunSettings(), bed.Pipeline);
        return StudyMail.Of(StudyPlace.Of(results, ObjectKey.FromText(key)), new()
        {
            Status = StudyStatus.Collected,
            Input = new("bucket", key),
            Message = message,
            Rows = 3,
            Counts = new Dictionary<string, int> { ["completed"] = 1, ["not_run"] = 2 },
        }, isHeld);
    }
}
