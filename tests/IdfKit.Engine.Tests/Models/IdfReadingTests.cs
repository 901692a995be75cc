using System.Text;

namespace IdfKit.Engine.Tests.Models;

/// <summary>What people and programs write into IDF files.</summary>
public sealed class IdfReadingTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Read_any_line_end_gives_the_same_objects_and_lines(string lineEnd)
    {
        var model = IdfText.Read("! a, comment; here\n  Version,25.2;  ! not, this;\n\nZone,\n  Core,   !- Name\n  0;\n".Replace(
            "\n", lineEnd, StringComparison.Ordinal));

        Assert.Equal(["Version", "Zone"], model.Objects.Select(o => o.ClassName));
        Assert.Equal(new EnergyPlusVersion(25, 2), model.Version);
        Assert.Equal(["Core", "0"], model.Objects[1].Fields);
        Assert.Equal((2, 3), (model.Objects[0].Line, model.Objects[0].Column));
        Assert.Equal((4, 1), (model.Objects[1].Line, model.Objects[1].Column));
        Assert.Equal((6, 3), model.Objects[1].PositionOf(1));
        Assert.Equal(lineEnd == "\r", model.HasLoneCarriageReturns);
    }

    [Fact]
    public void Read_several_objects_on_a_line_gives_each_with_its_column()
    {
        var model = IdfText.Read("Version,25.2; Zone, A ; Zone,B;;Timestep,6;");

        Assert.Equal(["Version", "Zone", "Zone", "Timestep"], model.Objects.Select(o => o.ClassName));
        Assert.Equal(["A", "B"], model.ObjectsOf("zone").Select(o => o.Name));
        Assert.Equal([1, 15, 25, 33], model.Objects.Select(o => o.Column));
    }

    [Fact]
    public void Read_blank_fields_keeps_their_places()
    {
        var item = IdfText.Read("Zone, , ,\n ! a comment\n 3 , ;").Objects.Single();

        Assert.Equal(["", "", "3", ""], item.Fields);
        Assert.Null(item.Name);
        Assert.Equal("3", item.Field(2, "any"));
        Assert.Null(item.Field(3, "any"));
        Assert.Null(item.Field(4, "any"));
    }

    [Fact]
    public void Read_object_without_fields_has_none() => Assert.Empty(IdfText.Read("Simulation Data;").Objects.Single().Fields);

    [Fact]
    public void Read_value_over_two_lines_joins_them_without_the_comment() =>
        Assert.Equal(["one two", "3"], IdfText.Read("Zone,one ! a, b; c\n  two,3;").Objects.Single().Fields);

    [Fact]
    public void Read_byte_order_mark_is_no_part_of_the_first_class()
    {
        var item = IdfText.Read("\uFEFFVersion,25.2;").Objects.Single();

        Assert.Equal("Version", item.ClassName);
        Assert.Equal((1, 1), (item.Line, item.Column));
    }

    [Fact]
    public void Read_text_that_is_no_utf8_is_taken_as_latin1() =>
        Assert.Equal("Büro", IdfText.Read(Encoding.Latin1.GetBytes("Zone,Büro;")).Objects.Single().Name);

    [Fact]
    public void Read_utf8_gives_characters_and_counts_columns_by_them()
    {
        var item = IdfText.Read("Zone,Büro,9;").Objects.Single();

        Assert.Equal("Büro", item.Name);
        Assert.Equal((1, 11), item.PositionOf(1));
    }

    [Theory]
    [InlineData("Version,25.2;\nZone,A,5")]
    [InlineData("Version,25.2;\nZone,A,5 ! no semicolon")]
    public void Read_last_object_without_semicolon_is_read_as_EnergyPlus_does(string text)
    {
        var model = IdfText.Read(text);

        Assert.Equal(["A", "5"], model.Objects[1].Fields);
        Assert.True(model.EndsInsideObject);
    }

    [Fact]
    public void Read_macro_lines_are_no_objects_and_are_named()
    {
        var model = IdfText.Read("##fileprefix /models/\n##include part, one.idf\nVersion,25.2;\nZone,A,\n  ##set1 x[] 1;2,3\n  5;\n");

        Assert.Equal(["Version", "Zone"], model.Objects.Select(o => o.ClassName));
        Assert.Equal(["A", "5"], model.Objects[1].Fields);
        Assert.True(model.Needs.HasFlag(ModelNeeds.Macro));
        Assert.Equal([1, 2], model.Risks.Where(risk => risk.Kind is ModelRiskKind.Include).Select(risk => risk.Line));
    }

    [Fact]
    public void Read_hash_inside_a_value_is_no_macro() =>
        Assert.Equal(["Zone ##1", "#2"], IdfText.Read("Zone,Zone ##1,#2;").Objects.Single().Fields);
}
