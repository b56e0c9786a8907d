"""Small charts: the numbers behind a sparkline and a heat colour."""

from briefgen.site.parts import Trend

BAR_STEP = 8
HEIGHT = 24
HOTTEST = 5


def bars(trend: Trend) -> str:
    """The path of a bar chart, one stroke a month, `BAR_STEP` wide and up to `HEIGHT` high; a month with none is a gap.

    >>> import datetime as dt
    >>> bars(Trend(((dt.date(2025, 1, 1), 0), (dt.date(2025, 2, 1), 2), (dt.date(2025, 3, 1), 4))))
    'M12 24v-12M20 24v-24'
    """
    most = max((count for _, count in trend.counts), default=0) or 1
    strokes = (
        f"M{place * BAR_STEP + BAR_STEP // 2} {HEIGHT}v-{max(1, round(count * HEIGHT / most))}"
        for place, (_, count) in enumerate(trend.counts)
        if count
    )
    return "".join(strokes)


def heat(count: int, most: int) -> int:
    """How hot a count is among its neighbours: 0 for none, then 1 to `HOTTEST`; where all are few, each step is one.

    >>> [heat(count, 100) for count in (0, 1, 20, 21, 100)], [heat(count, 2) for count in (1, 2)]
    ([0, 1, 1, 2, 5], [1, 2])
    """
    return -(-count * HOTTEST // max(HOTTEST, most, count))
