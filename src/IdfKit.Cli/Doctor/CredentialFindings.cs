using System.Collections;
using IdfKit.Storage.S3.Identity;

namespace IdfKit.Cli.Doctor;

/// <summary>Where the file systems would find credentials, in their own order. Says where, never what.</summary>
internal static class CredentialFindings
{
    public static Finding Look(IDictionary variables)
    {
        bool Has(string name) => variables[name] is string { Length: > 0 };

        if (Has("AWS_ACCESS_KEY_ID") != Has("AWS_SECRET_ACCESS_KEY"))
            return Finding.Problem("of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set; set both or neither");
        CredentialSource source;
        try { source = CredentialSource.Find(profile: null); }
        catch (IdentityException e) { return Finding.Problem(e.Message); }
        return source.Kind switch
        {
            SourceKind.Environment => Finding.Good("credentials in AWS_ACCESS_KEY_ID and "
                + $"AWS_SECRET_ACCESS_KEY{(Has("AWS_SESSION_TOKEN") ? ", with a session token" : "")}"),
            SourceKind.WebIdentity => Finding.Good("credentials by AWS_WEB_IDENTITY_TOKEN_FILE"),
            SourceKind.Profile => Finding.Good($"credentials of {source.Describe()}"),
            _ when Has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || Has("AWS_CONTAINER_CREDENTIALS_FULL_URI") =>
                Finding.Good("credentials of the container's role"),
            _ => Finding.Note("no credentials in the environment nor in a profile; a machine of Amazon's may still have a role"),
        };
    }
}
