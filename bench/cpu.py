"""What the system says of a server's processes: their CPU time and memory."""

import dataclasses
import os
import pathlib
import re

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and of the processes it has started."""
    total = 0.0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def resident_mib(pid: int) -> float:
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


@dataclasses.dataclass(frozen=True)
class MachineTimes:
    """Of all cores since they are up, in ticks: all time, and what the host of a virtual machine gave to others."""

    all: int
    stolen: int

    def stolen_since(self, before: "MachineTimes") -> float:
        """As a share of the time in between, from 0 to 1."""
        return (self.stolen - before.stolen) / max(self.all - before.all, 1)


def machine_times() -> MachineTimes:
    # user nice system idle iowait irq softirq steal; what guests take is in user and nice already (proc(5)).
    times = [int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return MachineTimes(sum(times), times[7])
