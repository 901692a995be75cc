using System.Runtime.InteropServices;

namespace IdfKit.Engine.Children.Linux;

/// <summary>Zero-ended UTF-8 texts and vectors of them, freed together.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly List<nint> _texts = [];
    private readonly List<nint> _vectors = [];

    public byte* Text(string text)
    {
        var native = Marshal.StringToCoTaskMemUTF8(text);
        _texts.Add(native);
        return (byte*)native;
    }

    public byte** Vector(IReadOnlyList<string> items)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)items.Count + 1, (nuint)sizeof(byte*));
        _vectors.Add((nint)vector);
        for (var i = 0; i < items.Count; i++) vector[i] = Text(items[i]);
        return vector;
    }

    public void Dispose()
    {
        foreach (var text in _texts) Marshal.FreeCoTaskMem(text);
        foreach (var vector in _vectors) NativeMemory.Free((void*)vector);
    }
}
