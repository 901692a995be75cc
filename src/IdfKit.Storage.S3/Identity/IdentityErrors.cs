using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.RuntimeDependencies;

namespace IdfKit.Storage.S3.Identity;

/// <summary>The table from what the SDK throws while it looks for credentials to sentences.</summary>
internal static class IdentityErrors
{
    public static IdentityException Of(Exception error, CredentialSource source)
    {
        if (error is IdentityException already) return already;
        if (MissingPackage(error) is { } assembly) return IdentitySentences.NoPackage(source.Describe(), assembly);
        if (error is ProfileNotFoundException) return IdentitySentences.NoProfile(source.ProfileName ?? "default");
        if (Answer(error) is { } answer) return Refused(answer, source);
        if (source.Kind is not SourceKind.Machine && Causes(error).Any(IsOfNetwork))
            return IdentitySentences.Unreachable(Service(source), source.Describe());
        return source.Kind switch
        {
            SourceKind.WebIdentity => IdentitySentences.WebIdentityFailed(source.Describe()),
            SourceKind.Profile => OfProfile(error, source),
            SourceKind.Machine when source.Answered is GenericContainerCredentials => IdentitySentences.ContainerFailed(),
            SourceKind.Machine when IsWrongContainerUri() => IdentitySentences.ContainerUriRefused(),
            SourceKind.Machine => IdentitySentences.NothingFound(),
            _ => IdentitySentences.Failed(source.Describe(), error),
        };
    }

    /// <summary>For a client of the caller's, of which nothing more is known.</summary>
    public static IdentityException? OfClient(Exception error)
    {
        if (MissingPackage(error) is { } assembly) return IdentitySentences.NoPackage("the client", assembly);
        if (error is ProcessAWSCredentialException) return IdentitySentences.ProcessFailed("the client");
        return error is InvalidDataException or InvalidOperationException and not ObjectDisposedException
            ? IdentitySentences.Failed("the client", error)
            : null;
    }

    private static IdentityException OfProfile(Exception error, CredentialSource source)
    {
        var (name, profile) = (source.Describe(), source.Profile!);
        if (Causes(error).Any(cause => cause is ProcessAWSCredentialException)) return IdentitySentences.ProcessFailed(name);
        if (error.Message.Contains("MFA", StringComparison.Ordinal)) return IdentitySentences.AsksForCode(name);
        if (IsSso(profile)) return IdentitySentences.LoginExpired(name, source.ProfileName!);
        if (!string.IsNullOrEmpty(profile.WebIdentityTokenFile) && error is InvalidOperationException)
            return IdentitySentences.WebIdentityFailed(name);
        if (!string.IsNullOrEmpty(profile.SourceProfile)) return IdentitySentences.SourceProfileWrong(name, profile.SourceProfile);
        if (!string.IsNullOrEmpty(profile.CredentialSource))
            return IdentitySentences.CredentialSourceFailed(name, profile.CredentialSource);
        return IdentitySentences.ProfileIncomplete(name);
    }

    private static IdentityException Refused(AmazonServiceException answer, CredentialSource source)
    {
        if (source.Profile is { } sso && IsSso(sso) && (int)answer.StatusCode is 400 or 401)
            return IdentitySentences.LoginExpired(source.Describe(), source.ProfileName!);
        return IdentitySentences.Refused(Service(source), source.Describe(), source.Profile?.RoleArn, answer);
    }

    private static bool IsSso(CredentialProfileOptions profile) =>
        !string.IsNullOrEmpty(profile.SsoSession) || !string.IsNullOrEmpty(profile.SsoStartUrl);

    private static string Service(CredentialSource source) =>
        source.Profile is { } profile && IsSso(profile) ? "IAM Identity Center (SSO)" : "AWS STS";

    private static AmazonServiceException? Answer(Exception error) =>
        Causes(error).OfType<AmazonServiceException>().FirstOrDefault(cause => cause.StatusCode != 0);

    private static string? MissingPackage(Exception error) => Causes(error).Select(cause => cause switch
    {
        MissingRuntimeDependencyException missing => missing.PackageName,
        FileNotFoundException { FileName: { } file } when file.StartsWith("AWSSDK.", StringComparison.Ordinal) => file.Split(',')[0],
        _ => null,
    }).FirstOrDefault(name => name is not null);

    private static bool IsWrongContainerUri()
    {
        try
        {
            using var container = new GenericContainerCredentials();
            return false;
        }
        catch (UriFormatException)
        {
            return true;
        }
        catch (ArgumentException refused)
        {
            return refused.Message.Contains("invalid host", StringComparison.Ordinal);
        }
    }

    private static bool IsOfNetwork(Exception cause) => cause is HttpRequestException or SocketException or TaskCanceledException;

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
