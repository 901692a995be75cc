using System.Collections;

namespace IdfKit.Cli.Doctor;

/// <summary>Where the SDK would find credentials, in its own order. Says where, never what.</summary>
internal static class CredentialFindings
{
    public static Finding Look(IDictionary variables, string home)
    {
        bool Has(string name) => variables[name] is string { Length: > 0 };

        if (Has("AWS_ACCESS_KEY_ID") != Has("AWS_SECRET_ACCESS_KEY"))
            return Finding.Problem("of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY only one is set; set both or neither");
        if (Has("AWS_ACCESS_KEY_ID"))
            return Finding.Good("credentials in AWS_ACCESS_KEY_ID and "
                + $"AWS_SECRET_ACCESS_KEY{(Has("AWS_SESSION_TOKEN") ? ", with a session token" : "")}");
        if (Has("AWS_WEB_IDENTITY_TOKEN_FILE")) return Finding.Good("credentials by AWS_WEB_IDENTITY_TOKEN_FILE");
        if (Has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || Has("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
            return Finding.Good("credentials of the container's role");
        var file = variables["AWS_SHARED_CREDENTIALS_FILE"] is string { Length: > 0 } named
            ? named
            : Path.Combine(home, ".aws", "credentials");
        var profile = variables["AWS_PROFILE"] is string { Length: > 0 } chosen ? $", profile {chosen}" : "";
        if (File.Exists(file)) return Finding.Good($"credentials in {file}{profile}");
        if (File.Exists(Path.Combine(home, ".aws", "config")))
            return Finding.Good($"a profile in {Path.Combine(home, ".aws", "config")}{profile}");
        return Finding.Note($"no credentials in the environment nor in {file}; a machine of Amazon's may still have a role");
    }
}
