"""Prints, as JSON, a SAM template as it is written and as AWS's own translator makes it for CloudFormation."""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    text = file.read()
written = yaml_parse(text)
packaged = yaml_parse(text)
# What `sam package` adds: the image that it built and pushed.
packaged["Resources"]["Function"]["Properties"]["ImageUri"] = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/idfkit:1"
print(json.dumps({"written": written, "transformed": transform(packaged, {}, NoManagedPolicies())}))
