using System.Text.Json.Nodes;

using IdfKit.Cli.Prices;
using IdfKit.Runs;
using IdfKit.Studies;

using TestBed;

namespace IdfKit.Cli.Tests.Prices;

/// <summary>The list of prices, and bills by it.</summary>
public sealed class PriceListTests : IDisposable
{
    private const string Begun = "{'schema': 'idfkit.prices/1', 'date': '2026-01-01', 'currency': 'USD', 'regions': ";

    private static readonly string Own = File.ReadAllText(Repository.PathOf("docs", "prices.json"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_of_the_docs_is_in_the_tool_with_where_each_price_is_from()
    {
        var list = PriceList.Read(null);
        foreach (var region in (string[])["us-east-1", "eu-central-1", "eu-west-1", "ap-southeast-2"])
            Assert.All(list.In(region).All, price => Assert.True(price.Price > 0, $"{region}: {price.Name}"));
        var sources = JsonNode.Parse(Own)!["sources"]!.AsArray();
        var told = sources.SelectMany(source => source!["prices"]!.AsArray().Select(name => (string)name!)).ToHashSet();
        Assert.Equal(list.In("us-east-1").All.Select(price => price.Name).ToHashSet(), told);
        Assert.All(sources, source => Assert.StartsWith("https://aws.amazon.com/", (string)source!["page"]!, StringComparison.Ordinal));
        Assert.All(sources, source => Assert.NotEmpty((string)source!["as_of"]!));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("null", "holds nothing")]
    [InlineData("[]", "no JSON")]
    [InlineData("{'schema': 'idfkit.prices/1'", "no JSON")]
    [InlineData("{}", "'schema'")]
    [InlineData("{'schema': 'idfkit.prices/1'}", "'date'")]
    [InlineData("{'schema': 'idfkit.prices/1', 'date': '2026-01-01', 'currency': 'EUR'}", "'currency'")]
    [InlineData(Begun + "{}}", "'regions'")]
    [InlineData(Begun + "{'a': null}}", "'a' is empty")]
    [InlineData(Begun + "{'a': {}}}", "lambda_gb_second_x86")]
    public void Broken_list_is_one_sentence(string text, string said)
    {
        File.WriteAllText(_folder["p.json"], text.Replace('\'', '"'));
        var fault = Assert.Throws<CommandException>(() => PriceList.Read(_folder["p.json"])).Message;
        Assert.Contains(said, fault, StringComparison.Ordinal);
        Assert.EndsWith("docs/prices.json shows the form.", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }

    [Theory]
    [InlineData("0.0000166667", "-1")]
    [InlineData("0.0000166667", "1e9")]
    [InlineData("0.0000166667", "1e400")]
    [InlineData("0.0000166667", "\"dear\"")]
    [InlineData("\"s3_gb_month\"", "\"s3_gb_months\"")]
    public void Price_that_is_none_is_one_sentence(string price, string instead)
    {
        File.WriteAllText(_folder["p.json"], Own.Replace(price, instead, StringComparison.Ordinal));
        Assert.Throws<CommandException>(() => PriceList.Read(_folder["p.json"]));
    }

    [Fact]
    public void List_that_is_not_there_is_one_sentence()
    {
        foreach (var path in (string[])[_folder["absent.json"], _folder.Path, "/dev/zero", "a\0b"])
        {
            var fault = Assert.Throws<CommandException>(() => PriceList.Read(path)).Message;
            Assert.Contains("cannot be used", fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Region_that_the_list_does_not_have_is_said_with_those_that_it_has() => Assert.Contains(
        "eu-central-1", Assert.Throws<AddressException>(() => PriceList.Read(null).In("eu-central-7")).Message, StringComparison.Ordinal);

    [Fact]
    public void Bill_of_an_estimate_has_each_item_at_its_price()
    {
        var estimate = new StudyEstimate(100, 1_000, null, new(1_000, 2_000, 500, 7), "") { Calls = 10, BytesStored = 1L << 30 };
        var bill = Bill.Of(estimate, Choice(2_048))!;
        Assert.Equal(
            [2_000 * 0.0000166667m, 12 * 0.0000002m, 0.005m, 0.0008m, 0.0025m, 44 * 0.000025m], bill.Items.Select(item => item.Dollars));
        Assert.Equal(bill.Items.Sum(item => item.Dollars), bill.Total);
        Assert.Equal((0.023m, 0.09m), (bill.StoredDollarsPerMonth, bill.DownloadDollars));
        Assert.Equal(2_000 * 0.0000133334m, Bill.Of(estimate, Choice(2_048) with { IsArm = true })!.Items[0].Dollars);
        Assert.Null(Bill.Of(estimate with { Requests = null }, Choice(2_048)));
        Assert.Equal(0, Bill.Of(new StudyEstimate(0, 0, 0, new(0, 0, 0, 0), "") { Calls = 0, BytesStored = 0 }, Choice(2_048))!.Total);
    }

    [Fact]
    public void Bill_of_what_was_used_takes_the_seconds_as_they_were_counted() => Assert.Equal(
        (3 * 0.0000166667m) + 0.005m, Bill.Of(new RunUsage(1_000, 0, 0, 0, 0, 0, 3), Choice(10_240)).Total);

    private static PriceChoice Choice(int memory)
    {
        var list = PriceList.Read(null);
        return new("us-east-1", list.In("us-east-1"), list.Date!.Value, memory, IsArm: false);
    }
}
