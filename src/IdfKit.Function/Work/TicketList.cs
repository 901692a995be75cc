using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

using IdfKit.Drops;
using IdfKit.Function.Events;
using IdfKit.Storage;

namespace IdfKit.Function.Work;

/// <summary>The list of calls of rows that a plan has written.</summary>
internal static class TicketList
{
    /// <summary>The tickets of one worker, in their order. Others are read and not kept: the list may have 50 MB.</summary>
    /// <param name="buckets">Where the list is.</param>
    /// <param name="work">Which list, and which worker.</param>
    /// <param name="owner">
    /// Who owns the claims of the rows: all attempts of this worker, and nobody else. The execution that the list names does not do: a
    /// study that is put again has the list of the same plan written anew, while workers of the earlier execution still read it. Null:
    /// the execution that the list names.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TicketListException">There is none, or it is no list of tickets: trying again does not help.</exception>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(
        IBucketSource buckets, WorkArguments work, string? owner, CancellationToken cancellationToken)
    {
        List<JsonElement> own = [];
        try
        {
            await using var list = await buckets.Open(work.Tickets.Bucket).OpenReadAsync(work.Tickets.Key.Value, cancellationToken);
            var at = 0;
            await foreach (var ticket in JsonSerializer.DeserializeAsyncEnumerable(
                list, TicketJson.Default.JsonElement, cancellationToken))
            {
                at++;
                if (StudyCalls.KindOf(ticket) != StudyCallKind.Rows || Json.WholeOf(ticket, "ticket") is not (>= 0 and var number))
                    throw new TicketListException($"{work.Tickets} is no list of tickets: its entry {at} is no call of rows with a "
                        + "number; give the list that the answer of 'plan' names.");
                if (number % work.Size == work.Index) own.Add(owner is null ? ticket : OwnedBy(ticket, owner));
            }
            return own;
        }
        catch (JsonException e)
        {
            throw new TicketListException($"{work.Tickets} is no list of tickets, but something else than a list in JSON "
                + $"(line {e.LineNumber + 1 ?? 1}); give the list that the answer of 'plan' names.");
        }
        catch (StorageException e) when (e.Kind is StorageErrorKind.NotFound)
        {
            throw new TicketListException($"There are no tickets at {work.Tickets}; give the list that the answer of 'plan' names.");
        }
    }

    private static JsonElement OwnedBy(JsonElement ticket, string owner)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var member in ticket.EnumerateObject())
                if (!member.NameEquals("execution")) member.WriteTo(writer);
            writer.WriteString("execution", owner);
            writer.WriteEndObject();
        }
        using var owned = JsonDocument.Parse(json.WrittenMemory);
        return owned.RootElement.Clone();
    }
}

/// <summary>What was named is no list of tickets.</summary>
/// <param name="message">One sentence.</param>
internal sealed class TicketListException(string message) : Exception(message);

/// <summary>Tickets as they stand in the list.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TicketJson : JsonSerializerContext;
