// What users of @aws-sdk/client-s3 do. Arguments: the endpoint, the bucket, the folder of the modules.
const [endpoint, Bucket, modules] = process.argv.slice(2);
const assert = require("node:assert");
const s3 = require(modules + "/@aws-sdk/client-s3");
const client = new s3.S3Client({
  endpoint, region: "us-east-1", forcePathStyle: true, credentials: { accessKeyId: "local", secretAccessKey: "secret" },
});
const fails = async (name, command) => assert.rejects(client.send(command), (error) => (assert.equal(error.name, name), true));

(async () => {
  const Key = "inputs/a b+ü.idf";
  await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: "Version,25.2;", Metadata: { who: "me" }, Tagging: "project=hotel" }));
  const got = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
  assert.equal(await got.Body.transformToString(), "Version,25.2;");
  assert.deepEqual([got.Metadata, got.TagCount], [{ who: "me" }, 1]);

  const part = Buffer.alloc(5 * 1024 * 1024, 1);
  const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand({ Bucket, Key: "large" }));
  const Parts = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await client.send(new s3.UploadPartCommand({ Bucket, Key: "large", UploadId, PartNumber, Body: part }));
    Parts.push({ ETag, PartNumber });
  }
  await client.send(new s3.CompleteMultipartUploadCommand({ Bucket, Key: "large", UploadId, MultipartUpload: { Parts } }));
  const attributes = await client.send(new s3.GetObjectAttributesCommand({ Bucket, Key: "large", ObjectAttributes: ["ObjectSize", "ObjectParts"] }));
  assert.equal(attributes.ObjectSize, 2 * part.length);

  await client.send(new s3.CopyObjectCommand({ Bucket, Key: "copy", CopySource: encodeURIComponent(`${Bucket}/${Key}`) }));
  const keys = [];
  for await (const page of s3.paginateListObjectsV2({ client, pageSize: 1 }, { Bucket })) for (const item of page.Contents) keys.push(item.Key);
  assert.deepEqual(keys, ["copy", Key, "large"]);

  await client.send(new s3.PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }));
  assert.deepEqual((await client.send(new s3.GetObjectTaggingCommand({ Bucket, Key }))).TagSet, [{ Key: "a", Value: "b" }]);
  await fails("NoSuchBucketPolicy", new s3.GetBucketPolicyCommand({ Bucket }));
  await fails("NoSuchCORSConfiguration", new s3.GetBucketCorsCommand({ Bucket }));
  assert.equal((await client.send(new s3.GetBucketAclCommand({ Bucket }))).Grants[0].Permission, "FULL_CONTROL");
  await client.send(new s3.GetBucketEncryptionCommand({ Bucket }));
  await fails("InvalidArgument", new s3.PutObjectCommand({ Bucket, Key: "a//b", Body: part }));
  assert.equal((await client.send(new s3.HeadObjectCommand({ Bucket, Key: "copy" }))).ContentLength, 13);

  const removed = await client.send(new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((name) => ({ Key: name })) } }));
  assert.equal(removed.Deleted.length, 3);
  console.log("all done");
})().catch((error) => { console.error(error); process.exit(1); });
