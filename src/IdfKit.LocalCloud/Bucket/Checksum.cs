using System.Numerics;
using System.Security.Cryptography;
using System.Buffers.Binary;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>S3's additional checksums, by the name of their header.</summary>
internal sealed class Checksum
{
    private const string Prefix = "x-amz-checksum-";
    private static readonly uint[] Crc32Table = Table32(0xEDB88320);
    private static readonly ulong[] Crc64NvmeTable = Table64(0x9A6C9329AC4BC9B5);
    private readonly IncrementalHash? _hash;
    private readonly string _name;
    private uint _crc32 = uint.MaxValue;
    private ulong _crc64 = ulong.MaxValue;

    private Checksum(string name)
    {
        _name = name;
        _hash = name switch
        {
            "sha1" => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
            "sha256" => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
            _ => null,
        };
    }

    public string HeaderName => Prefix + _name;

    /// <summary>Null for a header that names no known checksum.</summary>
    public static Checksum? ForHeader(string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && header[Prefix.Length..].ToLowerInvariant() is "crc32" or "crc32c" or "crc64nvme" or "sha1" or "sha256"
            ? new Checksum(header[Prefix.Length..].ToLowerInvariant())
            : null;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_hash is not null) _hash.AppendData(bytes);
        else if (_name == "crc32c") foreach (var value in bytes) _crc32 = BitOperations.Crc32C(_crc32, value);
        else if (_name == "crc32") foreach (var value in bytes) _crc32 = Crc32Table[(byte)(_crc32 ^ value)] ^ (_crc32 >> 8);
        else foreach (var value in bytes) _crc64 = Crc64NvmeTable[(byte)(_crc64 ^ value)] ^ (_crc64 >> 8);
    }

    /// <summary>Base64 of the big-endian value, as the header has it.</summary>
    public string Finish()
    {
        if (_hash is not null) return Convert.ToBase64String(_hash.GetHashAndReset());
        Span<byte> bytes = stackalloc byte[8];
        if (_name == "crc64nvme")
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, ~_crc64);
            return Convert.ToBase64String(bytes);
        }
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~_crc32);
        return Convert.ToBase64String(bytes[..4]);
    }

    private static uint[] Table32(uint polynomial)
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            table[i] = value;
        }
        return table;
    }

    private static ulong[] Table64(ulong polynomial)
    {
        var table = new ulong[256];
        for (ulong i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
