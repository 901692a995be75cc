namespace IdfKit.Engine.Models;

/// <summary>A list that grows by chunks, so that growing copies nothing and leaves no large garbage behind.</summary>
internal sealed class Chunks<T>
    where T : struct
{
    private const int Bits = 10;
    private const int Size = 1 << Bits;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public T this[int index] => _chunks[index >> Bits][index & (Size - 1)];

    public void Add(T item)
    {
        if ((Count & (Size - 1)) == 0) _chunks.Add(new T[Size]);
        _chunks[^1][Count & (Size - 1)] = item;
        Count++;
    }
}
