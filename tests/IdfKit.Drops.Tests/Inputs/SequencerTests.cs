using IdfKit.Drops.Objects;

namespace IdfKit.Drops.Tests.Inputs;

public sealed class SequencerTests
{
    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E6", -1)]
    [InlineData("0055AED6DCD90281E5", "0055aed6dcd90281e5", 0)]
    [InlineData("0062E99A88DC407460", "0062E99A88DC4074601", -1)] // padded on the right, so the longer one is larger
    [InlineData("00FF", "00F", 1)]
    [InlineData("00F0", "00F", 0)]
    public void Compare_pads_the_shorter_one_on_the_right(string left, string right, int expected)
    {
        Assert.Equal(expected, Math.Sign(Sequencer.Compare(left, right)));
        Assert.Equal(-expected, Math.Sign(Sequencer.Compare(right, left)));
    }
}
