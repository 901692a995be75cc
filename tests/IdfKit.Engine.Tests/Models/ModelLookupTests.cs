namespace IdfKit.Engine.Tests.Models;

/// <summary>Where an object of a name stands.</summary>
public sealed class ModelLookupTests
{
    private const string Idf = "Version,25.2;\nZone,Core;\nMaterial,\n  Büro 1,\n  Rough;\nZONE,core;\nMaterial,Core,Rough;\n";

    [Theory]
    [InlineData("Zone", "CORE", 2)]
    [InlineData("MATERIAL", "büro 1", 3)]
    [InlineData("material", "Core", 7)]
    [InlineData("Zone", "Attic", null)]
    [InlineData("Wall", "Core", null)]
    public void LineOf_finds_the_first_of_a_class_whatever_the_case(string className, string name, int? line) =>
        Assert.Equal(line, IdfText.Read(Idf).LineOf(className, name));

    [Fact]
    public void LineOf_epJSON_is_the_line_of_the_key()
    {
        var model = IdfText.Read("// a\n{\n\"Zone\": {\n\"Core\": {},\n \"B\\u00fcro\": {}}}");

        Assert.Equal(4, model.LineOf("Zone", "core"));
        Assert.Equal(5, model.LineOf("zone", "BÜRO"));
    }

    [Fact]
    public void Find_without_a_class_looks_at_all_objects()
    {
        var model = IdfText.Read(Idf);

        Assert.Equal("Zone", model.Find(null, "core")!.ClassName);
        Assert.Equal("Material", model.Find(null, "Büro 1")!.ClassName);
        Assert.Null(model.Find(null, "nothing"));
    }

    [Fact]
    public void Objects_of_a_class_keep_their_order_and_their_own_spelling()
    {
        var model = IdfText.Read(Idf);

        Assert.Equal(["Zone", "ZONE"], model.ObjectsOf("zOnE").Select(item => item.ClassName));
        Assert.Equal([2, 6], model.ObjectsOf("Zone").Select(item => item.Line));
        Assert.Equal(["Version", "Zone", "Material"], model.ClassNames);
        Assert.Equal(model.Objects[1], model.ObjectsOf("Zone")[0]);
        Assert.NotEqual(model.Objects[1], model.ObjectsOf("Zone")[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ObjectsOf("Zone")[2]);
    }
}
