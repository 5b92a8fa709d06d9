"""The figures as a file: one chart with its own columns, or all of them below each other."""

from collections.abc import Iterator

from relationships.statistics.charts import Statistics
from relationships.statistics.tables import Chart

ALL = ("chart", "code", "name", "value")


def lines(statistics: Statistics, chart: Chart | None) -> Iterator[list]:
    """Header and lines of one chart, or of all."""
    if chart is not None:
        yield from chart.lines()
        return
    yield list(ALL)
    for one in statistics.charts:
        for row in one.rows:
            yield [one.key, row.code, row.label, row.value]
