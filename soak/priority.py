"""Who gets the cores. An attacker has the server's machine as its own: it takes what the others leave, since it stands for
clients elsewhere, which would take nothing."""

import os

LEAST = 19


def give_way() -> None:
    """Gives this process, and those it starts, the least share of the cores. For Popen's preexec_fn. Whoever else wakes up
    on a core of theirs gets it at once, which a niceness alone does not give.

    It stays in the session of server and probe: where the kernel shares the cores by session first, a niceness counts
    among those of one session only."""
    os.setpriority(os.PRIO_PROCESS, 0, LEAST)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
