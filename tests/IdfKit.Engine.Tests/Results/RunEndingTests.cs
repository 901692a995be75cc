using System.Text;

using IdfKit.Engine.Results;

namespace IdfKit.Engine.Tests.Results;

/// <summary>How a run ended, from whatever of its signs there are.</summary>
public sealed class RunEndingTests
{
    private const string Completed = "EnergyPlus Completed Successfully-- 2 Warning; 0 Severe Errors; Elapsed Time=00hr 01min  2.50sec\n";
    private const string Terminated = "EnergyPlus Terminated--Fatal Error Detected. 0 Warning; "
        + "1 Severe Errors; Elapsed Time=00hr 00min  0.14sec\n";
    private const string ErrCompleted = "   ** Warning ** W\n   ************* " + Completed;
    private const string ErrTerminated = "   **  Fatal  ** F\n   ************* " + Terminated;
    private const string SaidCompleted = "EnergyPlus Run Time=00hr 00min  0.07sec\nEnergyPlus Completed Successfully.\n";
    private const string SaidTerminated = "Program terminated: EnergyPlus Terminated--Error(s) Detected.\n";

    [Theory]
    [InlineData(Completed, "", "", 0, null, RunOutcome.Completed)]
    [InlineData("", ErrCompleted, "", 0, null, RunOutcome.Completed)]
    [InlineData("", "", SaidCompleted, 0, null, RunOutcome.Completed)]
    [InlineData(Completed, "", "", null, null, RunOutcome.Completed)] // nobody saw the code
    [InlineData("", "", "", 0, null, RunOutcome.Crashed)]
    [InlineData(" \n", "   ** Warning ** W\n", "Warming up\n", 0, null, RunOutcome.Crashed)]
    [InlineData(Terminated, "", "", 1, null, RunOutcome.Failed)]
    [InlineData("", ErrTerminated, "", 1, null, RunOutcome.Failed)]
    [InlineData("", "   **  Fatal  ** F\n", "", 1, null, RunOutcome.Failed)]
    [InlineData("", "", SaidTerminated, 1, null, RunOutcome.Failed)]
    [InlineData(Terminated, "", "", 0, null, RunOutcome.Failed)]
    [InlineData(Completed, ErrTerminated, "", 0, null, RunOutcome.Failed)]
    [InlineData("", ErrTerminated, "", null, 11, RunOutcome.Crashed)]
    [InlineData(Completed, ErrCompleted, SaidCompleted, null, 11, RunOutcome.Crashed)]
    [InlineData(Completed, ErrCompleted, SaidCompleted, 3, null, RunOutcome.Crashed)]
    [InlineData("", "", "", 1, null, RunOutcome.Crashed)]
    [InlineData("", "   ** Warning ** EnergyPlus Completed Successfully is not what this says\n", "", 1, null, RunOutcome.Crashed)]
    public void Judge_takes_all_signs_together(string end, string errors, string printed, int? exitCode, int? signal, RunOutcome outcome)
    {
        var ending = RunEnding.Of(end, errors, printed);

        Assert.Equal(outcome, ending.Judge(exitCode, signal, isStopped: false));
        Assert.Equal(
            outcome is RunOutcome.Completed ? RunOutcome.Completed : RunOutcome.TimedOut,
            ending.Judge(exitCode, signal, isStopped: true));
    }

    [Fact]
    public void Elapsed_is_what_the_end_or_the_err_file_says_and_never_overflows()
    {
        Assert.Equal(TimeSpan.FromSeconds(62.5), RunEnding.Of(Completed, "").Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(62.5), RunEnding.Of("", ErrCompleted).Elapsed);
        Assert.Equal(TimeSpan.Zero, RunEnding.Of("", "").Elapsed);
        Assert.Equal(TimeSpan.Zero, RunEnding.Of($"Elapsed Time={new string('9', 400)}hr 00min 0.0sec", "").Elapsed);
    }

    [Fact]
    public void Lines_are_those_of_the_text_whatever_ends_them_and_however_they_arrive()
    {
        var text = "one\r\ntwo\rthree\n\nB\u00fcro " + new string('x', 70_000) + "\nlast";
        foreach (var most in new[] { 1, 7, 100_000 })
        {
            var lines = BoundedLines.Of(new TrickleStream(Encoding.UTF8.GetBytes("\uFEFF" + text), most)).ToList();

            Assert.Equal(["one", "two", "three", "", "last"], lines.Where(line => line.Length < 100));
            var cut = lines.Single(line => line.Length > 100);
            Assert.Equal(4, lines.IndexOf(cut));
            Assert.StartsWith("B\u00fcro xxx", cut, StringComparison.Ordinal);
            Assert.InRange(cut.Length, 60_000, 66_000);
            Assert.EndsWith("…", cut, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("X: Zone=\"A\" is cold", "X: Zone=\"B 2\" is cold", true)]
    [InlineData("Temperature out of bounds (-12.5) at ROOM_1", "Temperature out of bounds (99) at ROOM-22", true)]
    [InlineData("Lights = LAMPS\nSchedule Name = A, item not found.", "Lights = TUBES\nSchedule Name = B, item not found.", true)]
    [InlineData("Lights = LAMPS\nSchedule Name = A, item not found.", "Lights = LAMPS\nZone Name = A, item not found.", false)]
    [InlineData("Too warm", "Too cold", false)]
    [InlineData("Trouble\nThis error occurred 7 total times;\nduring A", "Trouble\nThis error occurred 12 total times;\nnever", true)]
    public void Messages_that_differ_only_in_names_and_numbers_have_one_pattern(string one, string other, bool isSame) =>
        Assert.Equal(isSame, MessagePattern.Of(one) == MessagePattern.Of(other));

    [Theory]
    [InlineData("GetInternalHeatGains: Lights = LAMPS\nSchedule Name = A, item not found.", "Lights", "LAMPS")]
    [InlineData("BuildingSurface:Detailed=\"S\", invalid Zone Name=\"ROOM\".", "BuildingSurface:Detailed", "S")]
    [InlineData("WaterHeater:Mixed = SHW HEATER:  Use side nodes", "WaterHeater:Mixed", "SHW HEATER")]
    public void Object_of_a_message_is_found(string message, string className, string name) =>
        Assert.Equal((className, name), MessagePattern.ObjectOf(message));

    [Fact]
    public void Message_without_an_object_has_none() => Assert.Null(MessagePattern.ObjectOf("Too warm in here."));
}
