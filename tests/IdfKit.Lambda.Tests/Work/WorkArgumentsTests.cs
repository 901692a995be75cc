using System.Collections;

using IdfKit.Function;
using IdfKit.Function.Work;

namespace IdfKit.Lambda.Tests.Work;

public sealed class WorkArgumentsTests
{
    [Theory]
    [InlineData("3", "2", 3, 2)]
    [InlineData("3", null, 3, 0)] // a job that is no array
    [InlineData("3", "", 3, 0)]
    [InlineData("10000", "9999", 10_000, 9_999)]
    public void Worker_is_told_which_of_how_many_it_is(string size, string? index, int isOf, int isIndex)
    {
        Assert.Null(WorkArguments.WhyWrong(["work", "s3://b/outputs/x.study/.plan/1.json", size], Variables(index), out var read));
        Assert.Equal(("s3://b/outputs/x.study/.plan/1.json", isOf, isIndex), (read!.Tickets.ToString(), read.Size, read.Index));
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("3", "three")]
    [InlineData("3", "+1")]
    [InlineData("3", "99999999999")]
    [InlineData("-3", null)]
    [InlineData("10001", null)]
    [InlineData("\n\u001b[2J", null)]
    public void Anything_else_is_one_sentence(string size, string? index)
    {
        var why = WorkArguments.WhyWrong(["work", "s3://b/k", size], Variables(index), out var read);
        Assert.Null(read);
        Assert.EndsWith(".", why, StringComparison.Ordinal);
    }

    private static Hashtable Variables(string? index) =>
        index is null ? [] : new Hashtable { [WorkArguments.IndexVariable] = index };
}
