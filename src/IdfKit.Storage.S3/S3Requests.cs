using Amazon.S3;
using Amazon.S3.Model;

namespace IdfKit.Storage.S3;

/// <summary>
/// The requests that this library makes. Every one is made here, so that each names the bucket's expected owner and who
/// pays, whosever client it is, and is counted.
/// </summary>
internal sealed class S3Requests(IAmazonS3 client, S3FileSystemOptions options, StorageCall call)
{
    private string? Owner => options.ExpectedBucketOwner;

    private RequestPayer? Payer => options.RequesterPays ? RequestPayer.Requester : null;

    public StorageCall Call => call;

    public Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.GetObjectAsync, request, token);
    }

    public Task<GetObjectMetadataResponse> GetObjectMetadataAsync(GetObjectMetadataRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.GetObjectMetadataAsync, request, token);
    }

    public Task<GetObjectTaggingResponse> GetObjectTaggingAsync(GetObjectTaggingRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.GetObjectTaggingAsync, request, token);
    }

    public Task<ListObjectsV2Response> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.ListObjectsV2Async, request, token);
    }

    public Task<ListMultipartUploadsResponse> ListMultipartUploadsAsync(ListMultipartUploadsRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.ListMultipartUploadsAsync, request, token);
    }

    public async Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        var answer = await Counted(client.PutObjectAsync, request, token).ConfigureAwait(false);
        call.Sent(request.InputStream.Length);
        return answer;
    }

    public Task<PutObjectTaggingResponse> PutObjectTaggingAsync(PutObjectTaggingRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.PutObjectTaggingAsync, request, token);
    }

    public Task<CopyObjectResponse> CopyObjectAsync(CopyObjectRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.ExpectedSourceBucketOwner, request.RequestPayer) = (Owner, Owner, Payer);
        return Counted(client.CopyObjectAsync, request, token);
    }

    public Task<DeleteObjectResponse> DeleteObjectAsync(DeleteObjectRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.DeleteObjectAsync, request, token);
    }

    public Task<DeleteObjectsResponse> DeleteObjectsAsync(DeleteObjectsRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.DeleteObjectsAsync, request, token);
    }

    public Task<InitiateMultipartUploadResponse> InitiateMultipartUploadAsync(
        InitiateMultipartUploadRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.InitiateMultipartUploadAsync, request, token);
    }

    public async Task<UploadPartResponse> UploadPartAsync(UploadPartRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        var answer = await Counted(client.UploadPartAsync, request, token).ConfigureAwait(false);
        call.Sent(request.InputStream.Length);
        return answer;
    }

    public Task<CopyPartResponse> CopyPartAsync(CopyPartRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.ExpectedSourceBucketOwner, request.RequestPayer) = (Owner, Owner, Payer);
        return Counted(client.CopyPartAsync, request, token);
    }

    public Task<CompleteMultipartUploadResponse> CompleteMultipartUploadAsync(
        CompleteMultipartUploadRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.CompleteMultipartUploadAsync, request, token);
    }

    public Task<AbortMultipartUploadResponse> AbortMultipartUploadAsync(AbortMultipartUploadRequest request, CancellationToken token)
    {
        (request.ExpectedBucketOwner, request.RequestPayer) = (Owner, Payer);
        return Counted(client.AbortMultipartUploadAsync, request, token);
    }

    /// <summary>Signs without a request. The owner and who pays stand in the address, so that its user need send neither.</summary>
    public Task<string> GetPreSignedUrlAsync(GetPreSignedUrlRequest request)
    {
        request.RequestPayer = Payer;
        // S3 minds it in the query only in lower case: https://github.com/aws/aws-sdk-go-v2/issues/2508
        if (Owner is { } owner) request.Parameters["x-amz-expected-bucket-owner"] = owner;
        request.Protocol = client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) is true
            ? Protocol.HTTP
            : Protocol.HTTPS;
        return client.GetPreSignedURLAsync(request);
    }

    // The client of our own counts each try by itself; of another's only the call is seen.
    private Task<TAnswer> Counted<TRequest, TAnswer>(
        Func<TRequest, CancellationToken, Task<TAnswer>> send, TRequest request, CancellationToken token)
    {
        if (client is not ObservedS3Client) call.Requests(KindOf(request));
        return send(request, token);
    }

    /// <summary>What a request of the SDK's does.</summary>
    public static RequestKind KindOf(object? request) => request switch
    {
        ListObjectsV2Request or ListMultipartUploadsRequest => RequestKind.List,
        GetObjectRequest or GetObjectMetadataRequest or GetObjectTaggingRequest => RequestKind.Get,
        DeleteObjectRequest or DeleteObjectsRequest or AbortMultipartUploadRequest => RequestKind.Delete,
        _ => RequestKind.Put,
    };
}
