namespace IdfKit.Engine;

/// <summary>One thing in which two models differ.</summary>
/// <param name="ClassName">The object's class.</param>
/// <param name="ObjectName">The object's name; null where it has none.</param>
/// <param name="Field">The field, by its name where that is known, else by its place; null: only one model has the object.</param>
/// <param name="First">What the first model says; null: nothing.</param>
/// <param name="Second">What the second model says; null: nothing.</param>
public sealed record ModelDifference(string ClassName, string? ObjectName, string? Field, string? First, string? Second)
{
    /// <summary>
    /// All differences of two models that are written alike, in the order of the first one, then what only the second has. Objects are
    /// told by class and name, whatever their order and capitals; numbers count as numbers. One object of a class that has no other of
    /// its name is taken for a renamed one, where each model has just one such.
    /// </summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, in the same format.</param>
    /// <param name="installation">Knows the names of fields; null: fields are called by their place.</param>
    /// <exception cref="ArgumentException">One is IDF and the other epJSON.</exception>
    public static IEnumerable<ModelDifference> Between(Model first, Model second, EnergyPlusInstallation? installation = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Format != second.Format)
            throw new ArgumentException("Models of different formats cannot be compared: one is IDF and the other epJSON.");
        return new Comparing.ComparedModels(first, second, installation).Differences();
    }
}
