using System.Text;

using IdfKit.Engine.Schemas;
using IdfKit.Studies.Columns;
using IdfKit.Studies.Variants;

namespace IdfKit.Studies.Tests.Variants;

/// <summary>Makes a variant of a text.</summary>
internal static class Edit
{
    public static ModelSchema Schema { get; } = ModelSchema.Of(StudyBed.EnergyPlus)!;

    public static string Text(string model, params (string Heading, string Value)[] values) =>
        Encoding.UTF8.GetString(Bytes(Encoding.UTF8.GetBytes(model), values));

    public static byte[] Bytes(byte[] model, params (string Heading, string Value)[] values) =>
        new VariantMaker(new("office.idf", model), Schema).Make([.. values.Select(value => (Heading.Read(value.Heading)!, value.Value))]);

    public static string Fault(string model, params (string Heading, string Value)[] values) =>
        Assert.Throws<VariantFault>(() => Text(model, values)).Message;
}
