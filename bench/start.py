"""How long a command and a start take: `simflow --help`, and `simflow up` until it is ready where all is set up already.

    backend/.venv/bin/python bench/start.py [--rounds 5]

Starts it on this machine's loopback in a folder that is thrown away, and stops it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desk import BACKEND, free_port, wait
from load import memory_mb

SIMFLOW = [sys.executable, "-m", "simflow.cli"]


def up(folder: str) -> tuple[float, float]:
    """Seconds until it is ready, and then the memory of all its processes in MB."""
    port = free_port()
    began = time.perf_counter()
    command = [*SIMFLOW, "up", "--data-dir", folder, "--port", str(port)]
    process = subprocess.Popen(command, cwd=BACKEND, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(port)
        return time.perf_counter() - began, memory_mb(process.pid)
    finally:
        process.terminate()  # who was started in the background has been told to ignore an interrupt
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = range(parser.parse_args().rounds)
    told = []
    for _ in rounds:
        began = time.perf_counter()
        subprocess.run([*SIMFLOW, "--help"], cwd=BACKEND, stdout=subprocess.DEVNULL, check=True)
        told.append(time.perf_counter() - began)
    with tempfile.TemporaryDirectory() as folder:
        first, _ = up(folder)
        starts = [up(folder) for _ in rounds]
    seconds, memory = (statistics.median(values) for values in zip(*starts, strict=True))
    load = os.getloadavg()[0]
    print(f"`simflow --help`   {statistics.median(told):.2f} s")
    print(f"`simflow up`       ready after {seconds:.2f} s, the first time in its folder after {first:.2f} s")
    print(f"memory             {memory:.0f} MB of all its processes, what they share shared out; load {load:.1f}")


if __name__ == "__main__":
    main()
