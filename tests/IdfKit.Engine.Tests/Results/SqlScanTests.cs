using System.Globalization;
using System.Text;

namespace IdfKit.Engine.Tests.Results;

/// <summary>Series out of rows that stand as EnergyPlus writes them, and otherwise: no row is passed over that is wanted.</summary>
public sealed class SqlScanTests
{
    private const int Hours = 240;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_wanted_row_is_found_wherever_it_stands(int seed)
    {
        var random = new Random(seed);
        var rows = new RandomRows(random, variables: random.Next(1, 60));
        using var file = new SqlFile(rows.Script);
        using var sql = file.Open();
        for (var round = 0; round < 5; round++)
        {
            ResultVariable[] wanted = [.. sql.Variables.Where(_ => random.Next(round + 1) == 0)];
            random.Shuffle(wanted);
            var series = sql.Series(wanted);
            Assert.Equal(wanted.Length, series.Count);
            for (var i = 0; i < wanted.Length; i++)
                Assert.Equal(rows.ValuesOf(wanted[i].Id), [.. series[i] is { } found ? found.Values.ToArray() : []]);
        }
    }

    /// <summary>Rows of variables of two frequencies, in one order most of the time: sometimes one lacks, or stands elsewhere.</summary>
    private sealed class RandomRows
    {
        private readonly Random _random;
        private readonly StringBuilder _script = new("BEGIN;\n");
        private readonly Dictionary<int, List<double>> _values = [];
        private readonly int _disorder;
        private int _row;

        public RandomRows(Random random, int variables)
        {
            (_random, _disorder) = (random, random.Next(4) * random.Next(30));
            for (var variable = 1; variable <= variables; variable++)
            {
                _values[variable] = [];
                Add($"INSERT INTO ReportDataDictionary VALUES ({variable}, 0, 'Avg', '', 'Zone', 'Z{variable}', 'Air', "
                    + $"'{Frequency(variable)}', NULL, 'C');");
            }
            Add("INSERT INTO EnvironmentPeriods VALUES (1, 1, 'YEAR', 3);");
            var time = 0;
            for (var hour = 0; hour < Hours; hour++)
            {
                AddTime(++time, hour, daily: false);
                AddRows(time, [.. _values.Keys.Where(variable => !IsDaily(variable))]);
                if (hour % 24 != 23) continue;
                AddTime(++time, hour, daily: true);
                AddRows(time, [.. _values.Keys.Where(IsDaily)]);
            }
        }

        public string Script => _script + "COMMIT;";

        public List<double> ValuesOf(int variable) => _values[variable];

        private static bool IsDaily(int variable) => variable % 7 == 3;

        private static string Frequency(int variable) => IsDaily(variable) ? "Daily" : "Hourly";

        private void AddTime(int time, int hour, bool daily)
        {
            var start = new DateTime(2017, 1, 1).AddHours(hour);
            Add($"INSERT INTO Time VALUES ({time}, 2017, 1, {start.Day}, {start.Hour + 1}, 0, 0, {(daily ? 1440 : 60)}, {(daily ? 2 : 1)}, "
                + $"{start.Day}, 'Sunday', 1, 0);");
        }

        private void AddRows(int time, List<int> variables)
        {
            if (Happens()) variables.Reverse();
            foreach (var variable in variables)
            {
                if (Happens()) continue;
                if (Happens()) _row += _random.Next(1, 40);
                AddRow(time, variable);
                if (Happens()) AddRow(time, 1000); // of no variable
            }
        }

        private void AddRow(int time, int variable)
        {
            var value = _random.Next(100_000) / 16.0;
            if (_values.TryGetValue(variable, out var values)) values.Add(value);
            Add($"INSERT INTO ReportData VALUES ({++_row}, {time}, {variable}, {value.ToString(CultureInfo.InvariantCulture)});");
        }

        private bool Happens() => _random.Next(10_000) < _disorder;

        private void Add(string line) => _script.Append(line).Append('\n');
    }
}
