using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace IdfKit.Storage.S3.Identity;

/// <summary>What a person reads when there are no credentials: the part behind "… of 'path' in bucket 'name' failed:".</summary>
internal static class IdentitySentences
{
    private const string Package = "IdfKit.Storage.S3.Credentials";

    public static IdentityException NothingFound() => new(
        "no credentials were found; give them as options or in the environment, choose a profile with AWS_PROFILE, "
            + "or run on a machine that has a role");

    public static IdentityException NoPackage(string source, string assembly)
    {
        var keep = RuntimeFeature.IsDynamicCodeSupported ? "" : " and call S3CredentialKinds.Keep() at its start";
        return new($"{source} needs {assembly}, which this program does not carry; add the package {Package} to it{keep}, "
            + "or give it keys in the environment");
    }

    public static IdentityException NoProfile(string profile) => new(
        $"there is no profile '{Cut(profile)}' in the shared config and credentials files; check AWS_PROFILE and ~/.aws");

    public static IdentityException ProfileIncomplete(string profile) => new(
        $"{profile} is incomplete; complete it in the shared config and credentials files");

    public static IdentityException SourceProfileWrong(string profile, string source) => new(
        $"{profile} takes its credentials from profile '{Cut(source)}' (source_profile), which is missing, incomplete or refers back");

    public static IdentityException CredentialSourceFailed(string profile, string source) => new(
        $"{profile} takes its credentials from '{Cut(source)}' (credential_source), where there are none; "
            + "Environment, EcsContainer and Ec2InstanceMetadata are possible");

    public static IdentityException AsksForCode(string profile) => new(
        $"{profile} asks for an MFA code, which cannot be typed here; fetch temporary credentials with the AWS CLI first");

    public static IdentityException LoginExpired(string profile, string name) => new(
        $"the SSO login of {profile} is missing or has expired; run: aws sso login --profile {Cut(name)}");

    public static IdentityException ProcessFailed(string profile) => new(
        $"the credential_process of {profile} failed or printed no credentials; run it by hand to see why");

    public static IdentityException FilesUnreadable(Exception cause) => new(
        $"the shared config or credentials file cannot be read ({cause.GetType().Name}); check its permissions", innerException: cause);

    public static IdentityException FilesWrong() => new(
        "the shared config or credentials file has a line that is no section, setting or comment; correct it with: aws configure");

    public static IdentityException WebIdentityIncomplete(string? parameter) => new(parameter switch
    {
        "roleArn" => "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not; set both or neither",
        "roleSessionName" => "AWS_ROLE_SESSION_NAME holds characters that are not allowed, or is longer than 64",
        _ => "AWS_WEB_IDENTITY_TOKEN_FILE must be an absolute path",
    });

    public static IdentityException WebIdentityFailed(string source) => new(
        $"the token file of {source} cannot be read; check AWS_WEB_IDENTITY_TOKEN_FILE or web_identity_token_file");

    public static IdentityException ContainerFailed() => new(
        "the role of the container could not be fetched; check AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI and its token");

    public static IdentityException ContainerUriRefused() => new(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI must start with https or name this machine or the container's own address");

    public static IdentityException Unreachable(string service, string source) => new(
        $"{service} cannot be reached for {source}; check the region and the network", StorageErrorKind.Unavailable, isTransient: true);

    public static IdentityException Refused(string service, string source, string? role, AmazonServiceException answer)
    {
        var status = (int)answer.StatusCode;
        var code = string.IsNullOrEmpty(answer.ErrorCode) ? $"status {status}" : $"{Cut(answer.ErrorCode)}, status {status}";
        if (status >= 500 || answer.StatusCode is HttpStatusCode.TooManyRequests)
            return new($"{service} failed for {source} ({code}); try again", StorageErrorKind.Unavailable, isTransient: true, answer);
        var what = role is null ? source : $"the role '{Cut(role)}' of {source}";
        return new($"{service} refused {what} ({code}); check the role and who may take it", innerException: answer);
    }

    public static IdentityException TookTooLong(string source, TimeSpan budget) => new(
        $"no credentials came from {source} within {budget.TotalSeconds:0.#} s; try again or raise OperationTimeout",
        StorageErrorKind.Unavailable, isTransient: true);

    public static IdentityException Failed(string source, Exception error) => new(
        $"the credentials of {source} could not be had ({error.GetType().Name})");

    public static IdentityException ProviderFailed(Exception error)
    {
        var why = $"the credential provider failed ({error.GetType().Name})";
        return error switch
        {
            StorageException storage => new(why, storage.Kind, storage.IsTransient, error),
            HttpRequestException or TimeoutException or OperationCanceledException =>
                new(why + "; try again", StorageErrorKind.Unavailable, isTransient: true, error),
            _ => new(why, innerException: error),
        };
    }

    public static IdentityException ProviderGaveNothing(string provider) => new($"{provider} returned no credentials");

    public static IdentityException ProviderGaveExpired(string provider, DateTimeOffset end) => new(
        $"{provider} returned credentials that ended at {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    // Names come from files and variables: one line, and no longer than a sentence bears.
    private static string Cut(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length <= 80 ? clean : clean[..79] + "…";
    }
}
