using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Storage.Files;

namespace IdfKit.Cli.Prices;

/// <summary>The prices of AWS by region, as <c>docs/prices.json</c> has them.</summary>
internal sealed record PriceList
{
    private const string SchemaName = "idfkit.prices/1", Embedded = "prices.json";
    private const int MostBytes = 1 << 20;
    private const decimal MostDollars = 1_000;

    public string? Schema { get; init; }

    /// <summary>When it was put together.</summary>
    public DateOnly? Date { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyDictionary<string, RegionPrices>? Regions { get; init; }

    /// <summary>Reads a list.</summary>
    /// <param name="path">Another list than the tool's own; null: that one.</param>
    /// <exception cref="CommandException">It is not there, or no whole list.</exception>
    public static PriceList Read(string? path)
    {
        var shown = path ?? Embedded;
        var list = Parse(path is null ? Own() : BytesOf(path), shown);
        return list.FaultIn(shown) is { } fault ? throw new CommandException(fault) : list;
    }

    /// <summary>The prices of a region.</summary>
    /// <exception cref="AddressException">The list has none of it.</exception>
    public RegionPrices In(string region) => Regions!.TryGetValue(region, out var prices)
        ? prices
        : throw new AddressException(CliSentences.NoPricesOf(region, [.. Regions!.Keys.Order(StringComparer.Ordinal)]));

    private static byte[] Own()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Embedded)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] BytesOf(string path)
    {
        try
        {
            using var file = new FileStream(RegularFile.Open(path), FileAccess.Read);
            if (file.Length > MostBytes)
                throw new CommandException(CliSentences.BadPrices(path, "it is no file of at most 1 MB"));
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(CliSentences.BadPrices(path, e.Message));
        }
    }

    private static PriceList Parse(byte[] json, string shown)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PriceListJson.Default.PriceList)
                ?? throw new CommandException(CliSentences.BadPrices(shown, "it holds nothing"));
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"line {line + 1} is no JSON of a price list" : "it is no JSON of a price list";
            throw new CommandException(CliSentences.BadPrices(shown, place));
        }
    }

    /// <summary>Why it is no whole list, as a sentence; null: it is one.</summary>
    private string? FaultIn(string shown)
    {
        if (Schema != SchemaName) return CliSentences.BadPrices(shown, $"its 'schema' is not '{SchemaName}'");
        if (Date is null) return CliSentences.BadPrices(shown, "it has no 'date' such as 2026-11-26");
        if (Currency != "USD") return CliSentences.BadPrices(shown, "its 'currency' is not 'USD'");
        if (Regions is not { Count: > 0 } regions) return CliSentences.BadPrices(shown, "it has no 'regions'");
        foreach (var (region, prices) in regions)
        {
            if (prices is null) return CliSentences.BadPrices(shown, $"its region '{region}' is empty");
            foreach (var (name, price) in prices.All)
            {
                if (price is null) return CliSentences.BadPrices(shown, $"its region '{region}' has no '{name}'");
                if (price is < 0 or > MostDollars)
                    return CliSentences.BadPrices(shown, $"'{name}' of its region '{region}' is no price from 0 to {MostDollars}");
            }
        }
        return null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowTrailingCommas = true)]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class PriceListJson : JsonSerializerContext;
