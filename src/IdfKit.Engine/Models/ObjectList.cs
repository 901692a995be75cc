using System.Collections;

namespace IdfKit.Engine.Models;

/// <summary>Objects of a model, each made when it is asked for.</summary>
/// <param name="table">All objects.</param>
/// <param name="order">The numbers of the objects; null: they are numbered through.</param>
/// <param name="first">Where this list starts in <paramref name="order"/>.</param>
/// <param name="count">How many it has.</param>
internal sealed class ObjectList(ObjectTable table, int[]? order, int first, int count) : IReadOnlyList<ModelObject>
{
    public int Count => count;

    public ModelObject this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return new ModelObject(table, order is null ? first + index : order[first + index]);
        }
    }

    public IEnumerator<ModelObject> GetEnumerator()
    {
        for (var index = 0; index < count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
