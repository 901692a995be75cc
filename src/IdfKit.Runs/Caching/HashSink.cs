using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using IdfKit.Engine;

namespace IdfKit.Runs.Caching;

/// <summary>SHA-256 over texts and files, each with its length in front, so that no two lists of them look alike.</summary>
internal sealed class HashSink : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(params ReadOnlySpan<string> texts)
    {
        AddLength(texts.Length);
        foreach (var text in texts) Add(text);
    }

    /// <summary>
    /// A model by what EnergyPlus sees of it. IDF: classes, whose case does not matter, and fields, without comments,
    /// spacing and line ends. epJSON: its tokens. A model with macros: every byte, since only EPMacro knows what they
    /// mean.
    /// </summary>
    public async Task AddModelAsync(Model model, string path, CancellationToken cancellationToken)
    {
        Add(model.Format.ToString());
        if (model.HasClosedEnd) Add("a comma at its end"); // its record says so
        if (model.Needs.HasFlag(ModelNeeds.Macro)) await AddFileAsync(path, cancellationToken).ConfigureAwait(false);
        else if (model.Format is ModelFormat.EpJson) AddJson(model.Text.Span);
        else foreach (var item in model.Objects)
        {
            Add(item.ClassName.ToUpperInvariant());
            AddLength(item.FieldCount);
            foreach (var field in item.Texts) Add(field);
        }
    }

    public async Task AddFileAsync(string path, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17, FileOptions.SequentialScan);
        AddLength(stream.Length);
        _hash.AppendData(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The hash in lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AddLength(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void AddJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            AddLength((long)reader.TokenType);
            AddLength(reader.ValueSpan.Length);
            _hash.AppendData(reader.ValueSpan);
        }
    }

    private void AddLength(long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        _hash.AppendData(bytes);
    }
}
