"""A table of runs as people make it with boto3: list, and read record and summary of each; prints seconds and rows.

usage: peer.py loop|threads PREFIX FILE
Environment: BUCKET, ENDPOINT and AWS's own variables.
"""
import csv
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

THREADS = 32
bucket = os.environ["BUCKET"]
s3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"], config=Config(max_pool_connections=THREADS, s3={"addressing_style": "path"}))


def records(prefix):
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for found in page.get("Contents", []):
            if found["Key"].endswith("/run.json"):
                yield found["Key"]


def read(key):
    return json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])


def row(key):
    record, summary = read(key), read(key.replace("/run.json", "/summary.json"))
    return {
        "folder": key.rsplit("/", 1)[0], "status": record["status"], "reason": record["reason"], "message": record["message"],
        "label": record["label"], "site_energy_gj": summary["site_energy_gj"], "site_eui_mj_m2": summary["site_eui_mj_m2"],
        "warnings": record["diagnostics"]["warnings"], "severe": record["diagnostics"]["severe"],
        "seconds": record["timings_ms"]["simulate"],
    }


def main(how, prefix, file):
    began = time.perf_counter()
    keys = records(prefix)
    if how == "threads":
        with ThreadPoolExecutor(THREADS) as pool:
            rows = list(pool.map(row, list(keys)))
    else:
        rows = [row(key) for key in keys]
    with open(file, "w", newline="", encoding="utf-8") as out:
        table = csv.DictWriter(out, rows[0])
        table.writeheader()
        table.writerows(rows)
    print(time.perf_counter() - began, len(rows))


main(*sys.argv[1:])
