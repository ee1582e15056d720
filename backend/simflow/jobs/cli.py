"""`simflow worker`: does the jobs."""

import asyncio
import signal
from pathlib import Path

import click

from simflow import logs, reporting
from simflow.db.target import data_dir_option, database
from simflow.settings import Settings

HARD_STOP_SECONDS = 5
"""Beyond the time that running jobs have, for one that cannot even be interrupted."""


@click.command
@data_dir_option
def command(data_dir: Path) -> None:
    """Do the jobs and the regular cleaning, on a database that is already migrated.

    Any number of workers may run. Stops on Ctrl-C or SIGTERM, once what it is doing is done.
    """
    settings = Settings.from_env()
    logs.configure(as_json=settings.log_json)
    reporting.configure(settings)
    with database(data_dir) as target:
        asyncio.run(_work(target.user_url, settings.pool_size))


async def _work(url: str, pool_size: int) -> None:
    from simflow.db.pool import Database  # noqa: PLC0415  (slow to import)
    from simflow.jobs.queue import Pace, send_messages_to_our_log  # noqa: PLC0415
    from simflow.jobs.worker import Worker  # noqa: PLC0415

    send_messages_to_our_log()
    pace = Pace()
    db = Database(url, pool_size)
    worker = Worker(url, db, pace=pace)

    def stop() -> None:
        # The kernel's own alarm, which a job that blocks everything else cannot hold up.
        signal.alarm(round(pace.stop.total_seconds()) + HARD_STOP_SECONDS)
        worker.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    await db.open()
    try:
        await worker.run()
    finally:
        await db.close()
        reporting.flush()
    signal.alarm(0)
