"""What users of boto3 do. Arguments: the endpoint, the bucket."""
import io
import os
import sys
import urllib.parse
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, bucket = sys.argv[1], sys.argv[2]
s3 = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))


def fails(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
    else:
        raise AssertionError("%s was expected" % code)


key = "inputs/a b+\u00fc.idf"
s3.put_object(Bucket=bucket, Key=key, Body=b"Version,25.2;", Metadata={"who": "me"}, Tagging="project=hotel")
got = s3.get_object(Bucket=bucket, Key=key)
assert got["Body"].read() == b"Version,25.2;" and got["Metadata"] == {"who": "me"} and got["TagCount"] == 1
assert s3.get_object(Bucket=bucket, Key=key, Range="bytes=0-6")["Body"].read() == b"Version"

large = os.urandom(12_000_000)
s3.upload_fileobj(io.BytesIO(large), bucket, "large", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
back = io.BytesIO()
s3.download_fileobj(bucket, "large", back)
assert back.getvalue() == large and s3.head_object(Bucket=bucket, Key="large")["ETag"].endswith('-3"')
attributes = s3.get_object_attributes(Bucket=bucket, Key="large", ObjectAttributes=["ETag", "ObjectSize", "ObjectParts", "StorageClass"])
assert attributes["ObjectSize"] == len(large) and attributes["ObjectParts"]["TotalPartsCount"] == 3, attributes

s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 1})
assert sorted(item["Key"] for page in pages for item in page["Contents"]) == sorted(["copy", key, "large"])
versions = s3.list_object_versions(Bucket=bucket)["Versions"]
assert {version["VersionId"] for version in versions} == {"null"} and len(versions) == 3

s3.put_object_tagging(Bucket=bucket, Key=key, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
assert s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"] == [{"Key": "a", "Value": "b"}]
s3.delete_object_tagging(Bucket=bucket, Key=key)
assert s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"] == []

assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)
assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
assert s3.get_bucket_acl(Bucket=bucket)["Grants"][0]["Permission"] == "FULL_CONTROL"
assert s3.get_object_acl(Bucket=bucket, Key=key)["Grants"][0]["Permission"] == "FULL_CONTROL"
assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"][0]["ObjectOwnership"] == "BucketOwnerEnforced"
fails("NoSuchBucketPolicy", s3.get_bucket_policy, Bucket=bucket)
fails("NoSuchBucketPolicy", s3.get_bucket_policy_status, Bucket=bucket)
fails("NoSuchTagSet", s3.get_bucket_tagging, Bucket=bucket)
fails("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration, Bucket=bucket)
fails("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration, Bucket=bucket)
fails("ReplicationConfigurationNotFoundError", s3.get_bucket_replication, Bucket=bucket)

# An early refusal of a body that was announced with Expect: 100-continue leaves the connection usable or closed.
for _ in range(3):
    fails("InvalidArgument", s3.put_object, Bucket=bucket, Key="a//b", Body=large)
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"Version,25.2;"

assert urllib.request.urlopen(s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "copy"})).read() == b"Version,25.2;"
put = urllib.request.Request(s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "signed"}), data=b"1", method="PUT")
put.add_header("Content-Type", "")
assert urllib.request.urlopen(put).status == 200

for version in ("s3", "s3v4"):
    signer = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}, signature_version=version))
    post = signer.generate_presigned_post(bucket, "posted-" + version, Conditions=[["content-length-range", 1, 100]], ExpiresIn=60)
    field = '--boundary\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    form = "".join(field % item for item in post["fields"].items())
    form += '--boundary\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n12345\r\n--boundary--\r\n'
    request = urllib.request.Request(post["url"], data=form.encode(), method="POST")
    request.add_header("Content-Type", "multipart/form-data; boundary=boundary")
    assert urllib.request.urlopen(request).status == 204
    assert s3.get_object(Bucket=bucket, Key="posted-" + version)["Body"].read() == b"12345"

keys = [item["Key"] for item in s3.list_objects_v2(Bucket=bucket)["Contents"]]
deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": name} for name in keys]})
assert len(deleted["Deleted"]) == len(keys) and "Contents" not in s3.list_objects_v2(Bucket=bucket)
print("all done")
