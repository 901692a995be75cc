using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace IdfKit.Storage.S3.Identity;

/// <summary>Where the chain finds the credentials of this process.</summary>
internal enum SourceKind
{
    Environment,
    WebIdentity,
    Profile,

    /// <summary>A container or an instance, or nothing at all.</summary>
    Machine,
}

/// <summary>The one source that is used, which the sentences of its failures name.</summary>
internal sealed class CredentialSource
{
    private CredentialSource(SourceKind kind, string? profileName = null, CredentialProfileOptions? profile = null)
    {
        (Kind, ProfileName, Profile) = (kind, profileName, profile);
        // With a profile in its configuration the SDK uses that profile or fails; without, it goes on to the next source.
        Config = kind is SourceKind.Profile ? new AmazonS3Config { Profile = new Amazon.Profile(profileName) } : new AmazonS3Config();
    }

    public SourceKind Kind { get; }

    public string? ProfileName { get; }

    public CredentialProfileOptions? Profile { get; }

    public AmazonS3Config Config { get; }

    /// <summary>The credential_process of a profile that names nothing else.</summary>
    public string? Command => Profile is { } profile && !NamesOther(profile) && !string.IsNullOrWhiteSpace(profile.CredentialProcess)
        ? profile.CredentialProcess.Trim()
        : null;

    /// <summary>What the SDK answered last.</summary>
    public AWSCredentials? Answered { get; set; }

    /// <param name="profile">A profile that was chosen in the options; it goes before everything else.</param>
    /// <exception cref="IdentityException">The variables or files contradict themselves.</exception>
    public static CredentialSource Find(string? profile)
    {
        if (profile is null)
        {
            if (InEnvironment()) return new CredentialSource(SourceKind.Environment);
            if (InWebIdentity()) return new CredentialSource(SourceKind.WebIdentity);
        }
        var name = profile ?? DefaultAWSCredentialsIdentityResolver.GetProfileName();
        var found = Read(name);
        if (found is null && (profile is not null || name != "default")) throw IdentitySentences.NoProfile(name);
        // A profile may also hold a region only; then the machine's role is asked.
        return profile is not null || found is not null && NamesCredentials(found)
            ? new CredentialSource(SourceKind.Profile, name, found)
            : new CredentialSource(SourceKind.Machine);
    }

    public string Describe() => Kind switch
    {
        SourceKind.Environment => "the environment",
        SourceKind.WebIdentity => "the web identity",
        SourceKind.Profile => $"profile '{ProfileName}'",
        _ => "the role of the machine",
    };

    private static CredentialProfileOptions? Read(string name)
    {
        try
        {
            return new CredentialProfileStoreChain().TryGetProfile(name, out var profile) ? profile.Options : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw IdentitySentences.FilesUnreadable(error);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or FormatException)
        {
            throw IdentitySentences.FilesWrong();
        }
    }

    private static bool NamesCredentials(CredentialProfileOptions profile) =>
        NamesOther(profile) || !string.IsNullOrEmpty(profile.CredentialProcess);

    // Other credentials than a process; where a profile names both, the SDK decides.
    private static bool NamesOther(CredentialProfileOptions profile) =>
        !string.IsNullOrEmpty(profile.AccessKey) || !string.IsNullOrEmpty(profile.SecretKey) || !string.IsNullOrEmpty(profile.RoleArn)
        || !string.IsNullOrEmpty(profile.SsoSession) || !string.IsNullOrEmpty(profile.SsoAccountId)
        || !string.IsNullOrEmpty(profile.SsoStartUrl) || !string.IsNullOrEmpty(profile.LoginSession);

    // The variables are the SDK's to read; it says "absent" by an error.
    private static bool InEnvironment()
    {
        try
        {
            return new EnvironmentVariablesAWSCredentials().FetchCredentials() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool InWebIdentity()
    {
        try
        {
            using var credentials = AssumeRoleWithWebIdentityCredentials.FromEnvironmentVariables();
            return true;
        }
        catch (ArgumentNullException absent) when (absent.ParamName == "webIdentityTokenFile")
        {
            return false;
        }
        catch (ArgumentException wrong)
        {
            throw IdentitySentences.WebIdentityIncomplete(wrong.ParamName);
        }
    }
}
