"""The same rows as the Python peer runs them: its own editing of the model, and its batch with two runs at a time.

usage: peer.py MODEL WEATHER OUTPUT ROWS PROCESSORS; prints the seconds.
"""
import asyncio
import sys
import time
from pathlib import Path

from idfkit import load_idf
from idfkit.simulation import SimulationJob, async_simulate_batch


async def main(model, weather, output, rows, processors):
    began = time.perf_counter()
    base = load_idf(model)
    jobs = []
    for row in range(rows):
        variant = base.copy()
        list(variant["Building"])[0].north_axis = row
        jobs.append(SimulationJob(variant, weather, label=f"r{row}", output_dir=Path(output) / f"r{row}"))
    batch = await async_simulate_batch(jobs, max_concurrent=processors)
    seconds = time.perf_counter() - began
    if not batch.all_succeeded:
        sys.exit("a row of the peer failed")
    print(seconds)


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])))
