"""Compares what `results dump` wrote with what the Python peer reads of the same file, value by value, bit by bit.

usage: python compare.py eso|htm FILE DUMP
"""
import re
import struct
import sys
from array import array
from datetime import datetime, timedelta

from idfkit.simulation.parsers.eso import ESOResult
from idfkit.simulation.parsers.html import HTMLResult


def eso(path, dump):
    ours, stamps = {}, {}
    with open(dump, "rb") as file:
        while head := file.read(12):
            environment, variable, count = struct.unpack("<iii", head)
            ours[environment, variable] = array("d", file.read(8 * count))
            stamps[environment, variable] = array("q", file.read(8 * count))
    peer = ESOResult.from_file(path, eager=True)
    values = differing = 0
    # Where a file has steps and hours, the peer numbers them as one, so its stamps are those of steps: only values are compared then.
    frequencies = {variable.frequency for variable in peer.variables}
    compared = differing_stamps = 0
    for column in peer.columns:
        key = column.environment_index, column.variable.report_id
        mine = ours.pop(key, array("d"))
        values += len(column.values)
        if mine.tobytes() != array("d", column.values).tobytes():
            differing += 1
            print("differs:", column.variable)
        if column.variable.frequency == "Hourly" and "Timestep" not in frequencies:
            for ticks, theirs in zip(stamps[key], column.timestamps):
                moment = datetime(1, 1, 1) + timedelta(microseconds=ticks // 10)
                compared += 1
                # The peer takes 2017 always; here it is a year whose weekdays are those of the file.
                differing_stamps += moment.replace(year=2000) != theirs.replace(year=2000)
    print(f"{path}: {values:,} values of {len(peer.columns):,} series, {differing} series differ, {len(ours)} only here; {compared:,} hours, {differing_stamps} differ")
    return differing or ours or differing_stamps


def htm(path, dump):
    def squeeze(text):
        return re.sub(r"\s+", " ", text.strip())

    with open(dump, encoding="utf-8") as file:
        ours = [[row.split("\x1f") for row in line.rstrip("\n").split("\x1e")] for line in file.read().split("\n") if line]
    peer = HTMLResult.from_file(path, encoding="utf-8").tables
    cells = differing = titles = 0
    for (named, *rows), table in zip(ours, peer):
        theirs = ([table.header] if table.header else []) + table.rows
        width = len(theirs[0])
        titles += named[2] != table.title
        for mine, other in zip(rows, theirs):
            cells += len(other)
            differing += [squeeze(cell) for cell in mine] != (other + [""] * width)[:width]
        differing += abs(len(rows) - len(theirs))
    print(f"{path}: {len(peer):,} tables here {len(ours):,}, {cells:,} cells, {differing} rows differ, {titles} titles differ")
    return differing or titles or len(ours) != len(peer)


sys.exit(1 if {"eso": eso, "htm": htm}[sys.argv[1]](sys.argv[2], sys.argv[3]) else 0)
