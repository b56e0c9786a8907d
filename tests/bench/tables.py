"""Tables of what was measured: side by side for one number of briefings, and how cost grows with it."""

import datetime as dt
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.measure import Cost

Costs = Mapping[tuple[str, str], Sequence[Cost]]
"""What each step cost each generator in each round."""

_MEASURED = (("wall", 1.0, 2), ("cpu", 1.0, 2), ("memory", 1e6, 0))


def side_by_side(costs: Costs, number: int) -> Iterator[str]:
    """Medians, and the medians of the ratios to the first generator round by round."""
    steps = dict.fromkeys(step for step, _ in costs)
    names = list(dict.fromkeys(name for _, name in costs))
    yield f"\n{number:,} briefings; × is to {names[0]}; medians of {len(next(iter(costs.values())))} rounds\n"
    yield "| step | generator | seconds | × | processor seconds | × | memory, MB | × | resident, MB |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for step in steps:
        for name in names:
            own, other = costs[step, name], costs[step, names[0]]
            cells = []
            for measured, unit, digits in _MEASURED:
                ratios = [getattr(one, measured) / getattr(two, measured) for one, two in zip(own, other, strict=True)]
                cells += [f"{_median(own, measured) / unit:.{digits}f}", f"{statistics.median(ratios):.2f}"]
            yield f"| {step} | {name} | {' | '.join(cells)} | {_median(own, 'resident') / 1e6:.0f} |"


def growth(measured: Mapping[int, Costs]) -> Iterator[str]:
    """Processor seconds and memory of each step, a column for each number of briefings."""
    numbers = sorted(measured)
    yield "\nHow cost grows: processor seconds, memory in MB\n"
    yield f"| step | generator | {' | '.join(f'{number:,}' for number in numbers)} |"
    yield f"|---|---|{'---:|' * len(numbers)}"
    for step, name in dict.fromkeys(key for number in numbers for key in measured[number]):
        cells = []
        for number in numbers:
            costs = measured[number].get((step, name), ())
            cells.append(f"{_median(costs, 'cpu'):.1f} s, {_median(costs, 'memory') / 1e6:.0f}" if costs else "–")
        yield f"| {step} | {name} | {' | '.join(cells)} |"


def machine(versions: Mapping[str, str]) -> str:
    """When, where and with what was measured, and how much else the machine had to do."""
    told = [f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}", f"{_cores()} cores {_processor()}", f"{_memory()} GB", platform.system()]
    told += [f"Python {platform.python_version()}", *(f"{name} {version}" for name, version in versions.items())]
    return " · ".join(told) + f" · load {os.getloadavg()[0]:.1f}"


def _median(costs: Sequence[Cost], measured: str) -> float:
    figures: list[float] = [getattr(cost, measured) for cost in costs]
    return statistics.median(figures)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
