using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// GetObjectAcl, PutObjectAcl and PutBucketAcl of a bucket whose owner has all of its objects, as every new one is: it takes no ACL but
/// the owner's full control (https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html).
/// </summary>
internal sealed class GrantOperations(BucketFolder folder)
{
    private static readonly string[] Owners = ["private", "bucket-owner-full-control"];

    public async Task GetAsync(S3Request request)
    {
        await RequireAsync(request);
        await S3Xml.WriteAsync(request, BucketSettings.Grants());
    }

    public async Task PutAsync(S3Request request)
    {
        await RequireAsync(request);
        var canned = request.Headers["x-amz-acl"].ToString();
        var isOwners = canned.Length > 0 ? Owners.Contains(canned) : IsOwners(await S3Xml.ReadAsync(request));
        if (!isOwners) throw new S3Exception(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
        request.Http.Response.ContentLength = 0;
    }

    private async Task RequireAsync(S3Request request)
    {
        if (request.Key.Length > 0 && await folder.FindAsync(request.Key, request.Aborted) is null)
            throw S3Exception.NoSuchKey(request.Key);
    }

    private static bool IsOwners(XElement acl) => acl.Descendants("Grant").ToList() is [var grant]
        && (string?)grant.Element("Permission") == "FULL_CONTROL"
        && (string?)grant.Element("Grantee")?.Element("ID") == BucketSettings.OwnerId;
}
