using System.Security.Cryptography;

using IdfKit.Engine;

namespace IdfKit.Studies.Variants;

/// <summary>A model of which variants are made; it is only read.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="bytes">What it holds.</param>
internal sealed class BaseModel(string path, byte[] bytes)
{
    public string Path => path;

    /// <summary>Where it lies unpacked on this machine, when <see cref="Path"/> is that of a bundle; else null.</summary>
    public string? Unpacked { get; init; }

    /// <summary>The file's name.</summary>
    public string Name => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    public ReadOnlyMemory<byte> Bytes => bytes;

    public string Sha256 => field ??= Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The model without any change.</summary>
    /// <exception cref="ModelSyntaxException">It is none.</exception>
    public Model Model => field ??= Read(bytes);

    /// <summary>Reads another text of this model.</summary>
    /// <exception cref="ModelSyntaxException">It is no model.</exception>
    public Model Read(byte[] text)
    {
        using var stream = new MemoryStream(text, writable: false);
        return Model.Read(stream, Name);
    }
}
