"""The peer's own file system on the same work; prints seconds, peak memory and processor seconds.

usage: peer.py up|down FILE KEY | small-up|small-list|small-down COUNT | files-up FOLDER
Environment: BUCKET, ENDPOINT and AWS's own variables.
"""
import asyncio
import os
import resource
import sys
import time
from pathlib import Path

from idfkit.simulation import AsyncS3FileSystem


async def work(fs, what, arguments):
    if what == "up":
        await fs.write_bytes(arguments[1], Path(arguments[0]).read_bytes())
    elif what == "down":
        Path(arguments[0]).write_bytes(await fs.read_bytes(arguments[1]))
    elif what == "small-up":
        content = bytes(4096)
        await asyncio.gather(*(fs.write_bytes(f"peer/{i}", content) for i in range(int(arguments[0]))))
    elif what == "small-list":
        assert len(await fs.glob("peer", "*")) == int(arguments[0])
    elif what == "small-down":
        await asyncio.gather(*(fs.read_bytes(f"peer/{i}") for i in range(int(arguments[0]))))
    elif what == "files-up":
        await asyncio.gather(*(fs.write_bytes(f"peer-files/{f.name}", f.read_bytes()) for f in Path(arguments[0]).iterdir()))


async def main():
    async with AsyncS3FileSystem(bucket=os.environ["BUCKET"], endpoint_url=os.environ["ENDPOINT"]) as fs:
        await fs.exists("nothing")  # the first client is slow to open; that is not what is measured
        if sys.argv[1].startswith("files"):
            await work(fs, sys.argv[1], sys.argv[2:])  # a warm function has done it before
        start, processor = time.perf_counter(), time.process_time()
        await work(fs, sys.argv[1], sys.argv[2:])
        print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, time.process_time() - processor)


asyncio.run(main())
