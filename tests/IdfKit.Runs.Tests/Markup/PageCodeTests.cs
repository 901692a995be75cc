using IdfKit.Runs.Markup;

namespace IdfKit.Runs.Tests.Markup;

/// <summary>What a page of ours carries beside text: data for its script, and a policy that names its code.</summary>
public sealed class PageCodeTests
{
    [Fact]
    public void Json_is_written_as_it_is() =>
        Assert.Equal("""{"a":[1,"\u003C/script\u003E"]}""", new HtmlWriter().WriteJson("""{"a":[1,"\u003C/script\u003E"]}"""u8).ToString());

    [Theory]
    [InlineData("[\"</script>\"]")]
    [InlineData("[\"<!--\"]")]
    [InlineData("[\"\u2028\"]")]
    [InlineData("[\"ä\"]")]
    public void Json_in_which_markup_or_a_line_end_of_javascript_could_stand_is_refused(string json) =>
        Assert.Throws<ArgumentException>(() => new HtmlWriter().WriteJson(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Page_without_code_of_its_own_may_run_nothing()
    {
        Assert.Equal(PageStyle.Policy, PageStyle.PolicyOf(null, null));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", PageStyle.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", PageStyle.Policy, StringComparison.Ordinal);
    }
}
