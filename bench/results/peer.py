"""The Python peer on the same files: reads "TASK FILE" lines, prints the milliseconds and a count for each."""
import sys
import time

from idfkit.simulation.parsers.eso import ESOResult
from idfkit.simulation.parsers.html import HTMLResult
from idfkit.simulation.parsers.sql import SQLResult

NAME, KEY = "Zone Mean Air Temperature", "CORE_ZN"


def sql(path):
    with SQLResult(path) as result:
        return len(result.get_timeseries(NAME, KEY, "Hourly").values)


TASKS = {
    "eso": lambda path: sum(len(column.values) for column in ESOResult.from_file(path, eager=True).columns),
    "series": lambda path: len(ESOResult.from_file(path).get_column(NAME, KEY, "Hourly").values),
    "htm": lambda path: sum(len(row) for table in HTMLResult.from_file(path).tables for row in table.rows),
    "sql": sql,
}

for line in sys.stdin:
    task, path = line.rstrip("\n").split(" ", 1)
    start = time.perf_counter()
    count = TASKS[task](path)
    print((time.perf_counter() - start) * 1000, count, flush=True)
