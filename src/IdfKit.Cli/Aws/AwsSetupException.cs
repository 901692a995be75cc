namespace IdfKit.Cli.Aws;

/// <summary>AWS cannot be asked with what this environment says; the message is one sentence, without a secret.</summary>
internal sealed class AwsSetupException(string message) : Exception(message);
