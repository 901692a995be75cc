using System.Xml.Linq;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>
/// What a bucket answers about its settings: what Amazon S3 answers for one that was created and left as it was. Each operation's page of
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html names the answer or the error.
/// </summary>
internal static class BucketSettings
{
    public const string OwnerId = "local";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Null for what is no setting of a bucket, or none that is answered here.</summary>
    public static XElement? Read(string setting, bool hasId) => setting switch
    {
        "accelerate" => new("AccelerateConfiguration"),
        "acl" => Grants(),
        "encryption" => Encryption(), // every bucket has it since 2023
        "logging" => new("BucketLoggingStatus"),
        "notification" => new("NotificationConfiguration"),
        "ownershipControls" => new("OwnershipControls", new XElement("Rule", new XElement("ObjectOwnership", "BucketOwnerEnforced"))),
        "publicAccessBlock" => PublicAccessBlock(),
        "requestPayment" => new("RequestPaymentConfiguration", new XElement("Payer", "BucketOwner")),
        "versioning" => new("VersioningConfiguration"), // empty as long as nobody has switched it on
        "cors" => throw Absent("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
        "lifecycle" => throw Absent("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        "object-lock" => throw Absent("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
        "policy" or "policyStatus" => throw Absent("NoSuchBucketPolicy", "The bucket policy does not exist"),
        "replication" => throw Absent("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
        "tagging" => throw Absent("NoSuchTagSet", "The TagSet does not exist"),
        "website" => throw Absent("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        "analytics" => Listed("ListBucketAnalyticsConfigurationsResult", hasId),
        "intelligent-tiering" => Listed("ListBucketIntelligentTieringConfigurationsOutput", hasId),
        "inventory" => Listed("ListInventoryConfigurationsResult", hasId),
        "metrics" => Listed("ListMetricsConfigurationsResult", hasId),
        _ => null,
    };

    public static XElement Owner() => new("Owner", new XElement("ID", OwnerId), new XElement("DisplayName", "local"));

    /// <summary>Who may do what with a bucket or an object: its owner everything, nobody else anything.</summary>
    public static XElement Grants() => new("AccessControlPolicy",
        Owner(),
        new XElement("AccessControlList", new XElement("Grant",
            new XElement("Grantee",
                new XAttribute(XNamespace.Xmlns + "xsi", SchemaInstance),
                new XAttribute(XName.Get("type", SchemaInstance), "CanonicalUser"),
                new XElement("ID", OwnerId), new XElement("DisplayName", "local")),
            new XElement("Permission", "FULL_CONTROL"))));

    private static XElement Encryption() => new("ServerSideEncryptionConfiguration", new XElement("Rule",
        new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", "AES256")),
        new XElement("BucketKeyEnabled", false)));

    private static XElement PublicAccessBlock() => new("PublicAccessBlockConfiguration",
        new XElement("BlockPublicAcls", true), new XElement("IgnorePublicAcls", true),
        new XElement("BlockPublicPolicy", true), new XElement("RestrictPublicBuckets", true));

    private static XElement Listed(string name, bool hasId) => hasId
        ? throw Absent("NoSuchConfiguration", "The specified configuration does not exist.")
        : new(name, new XElement("IsTruncated", false));

    private static S3Exception Absent(string code, string message) => new(404, code, message);
}
