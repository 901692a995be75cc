using IdfKit.Studies.Expressions;

namespace IdfKit.Studies.Tests.Expressions;

/// <summary>Expressions of fields, as EnergyPlus's documentation describes them.</summary>
public sealed class ExpressionTests
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["$depth"] = "0.0508", ["$n"] = "4", ["$glass"] = "Triple Clear", ["$e"] = "1.5D+1",
    };

    [Theory]
    [InlineData("$depth", "0.0508")]
    [InlineData(" $DEPTH ", "0.0508")]
    [InlineData("$glass", "Triple Clear")]
    [InlineData("\"some text\"", "some text")]
    [InlineData("0.10", "0.10")]
    [InlineData("$depth * 2", "0.1016")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("16 / 4 / 2", "2")]
    [InlineData("2 ^ 3 ^ 2", "64")]
    [InlineData("2 * 3 ^ 2", "18")]
    [InlineData("-$n + 10", "6")]
    [InlineData("8*-2", "-16")]
    [InlineData("8-$n", "4")]
    [InlineData("1e-2+.5", "0.51")]
    [InlineData("$e*2", "30")]
    [InlineData("ABS(-3)", "3")]
    [InlineData("int(-3.7)", "-3")]
    [InlineData("LEN($glass)", "12")]
    [InlineData("MOD(7 ~ 4)", "3")]
    [InlineData("SQRT(ABS(0-16))", "4")]
    [InlineData("EXP(LOG(5))", "5")]
    [InlineData("SIN(0) + COS(0) + TAN(0) + ASIN(0) + ACOS(1) + ATAN(0)", "1")]
    [InlineData("$n > 3 && $n < 5", "True")]
    [InlineData("$n == 4.0", "True")]
    [InlineData("$n <> 4 || NOT(1 > 2)", "True")]
    [InlineData("$n => 5", "False")]
    [InlineData("$glass == \"Triple Clear\"", "True")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    public void Value(string expression, string value)
    {
        var evaluated = Expression.Evaluate(expression, Parameters);
        if (value == "5") Assert.Equal(5, double.Parse(evaluated, System.Globalization.CultureInfo.InvariantCulture), 12);
        else Assert.Equal(value, evaluated);
    }

    [Theory]
    [InlineData("$width", "has '$width', for which there is no Parametric:SetValueForRun")]
    [InlineData("1 +", "cannot be read")]
    [InlineData("(1", "cannot be read")]
    [InlineData("1 2", "cannot be read")]
    [InlineData("1 = 2", "cannot be read")]
    [InlineData("\"a", "cannot be read")]
    [InlineData("", "cannot be read")]
    [InlineData("#", "cannot be read")]
    [InlineData("$glass * 2", "has 'Triple Clear' where a number must be")]
    [InlineData("1 / 0", "has no number for a result")]
    [InlineData("SQRT(-1)", "has no number for a result")]
    [InlineData("ROUND(2)", "has the function ROUND, which there is not")]
    [InlineData("MOD(7)", "has MOD with one number; it needs two, with ~ between them")]
    public void Fault(string expression, string fault) =>
        Assert.Equal(fault, Assert.Throws<ExpressionFault>(() => Expression.Evaluate(expression, Parameters)).Message);

    [Fact]
    public void Deep_brackets_are_refused() =>
        Assert.Throws<ExpressionFault>(() => Expression.Evaluate(new string('(', 100_000), Parameters));
}
