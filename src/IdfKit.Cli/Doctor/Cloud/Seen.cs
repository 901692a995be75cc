using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>What is said of an answer that does not show what was asked for.</summary>
internal static class Seen
{
    /// <param name="what">What was looked for: "whether versioning is on".</param>
    /// <param name="answer">A failure.</param>
    /// <param name="permission">What the caller needs: "s3:GetBucketVersioning on the bucket".</param>
    public static Finding Not(string what, AwsAnswer answer, string permission) => Finding.Unseen($"could not see {what}: " + answer switch
    {
        { IsDenied: true } => $"needs {permission}",
        { IsUnsupported: true, Code: "NoServer" } => "only S3 has a server here (AWS_ENDPOINT_URL_S3); "
            + "AWS_ENDPOINT_URL would name one for the rest",
        { IsUnsupported: true } => $"this server does not know the question (HTTP {answer.Status})",
        { IsUnreachable: true } => answer.Message,
        { IsRefused: true } => $"the credentials are refused ({answer.Code})",
        _ => $"{answer.Code} {Short(answer.Message)}".TrimEnd(),
    });

    /// <summary>Why nothing can be asked with these credentials or at this server; null when that is not so.</summary>
    public static Finding? Hopeless(AwsAnswer answer) => answer switch
    {
        { IsUnreachable: true } => Finding.Problem($"{answer.Message}; check the network, AWS_ENDPOINT_URL and AWS_REGION"),
        { IsExpired: true } => Finding.Problem("the credentials have expired; sign in again ('aws sso login') or take new ones"),
        { Code: "RequestTimeTooSkewed" } => Finding.Problem("the clock of this machine is wrong, so every request is refused; set it"),
        { IsRefused: true } => Finding.Problem(
            $"the credentials are refused ({answer.Code}); check AWS_ACCESS_KEY_ID, "
                + "AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or AWS_PROFILE"),
        _ => null,
    };

    private static string Short(string text) => text.Length > 120 ? text[..119] + "…" : text;
}
