"""Which processes run below this one, and what are they? As Linux tells."""

import os
from pathlib import Path

PROC = Path("/proc")


def below(parent: int) -> list[tuple[int, str]]:
    """The processes started by one, directly or not, with their command; the zombies left out."""
    parents: dict[int, list[tuple[int, str]]] = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # gone meanwhile
        if status[0] != "Z":
            parents.setdefault(int(status[1]), []).append((int(folder.name), command))
    found, waiting = [], [parent]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += [pid for pid, _ in children]
    return found


def runs(pid: int, command: str) -> bool:
    """Whether a process that was seen still runs, whoever its parent is by now."""
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode() == command
    except OSError:
        return False


def workers() -> list[int]:
    """The processes in which Python does the tasks: those that the daemon has forked."""
    daemons = {pid for pid, command in below(os.getpid()) if "pyspark.daemon" in command}
    return sorted(pid for pid in daemons if parent_of(pid) in daemons)


def parent_of(pid: int) -> int:
    """The parent of a process; 0 if it is gone."""
    try:
        return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
