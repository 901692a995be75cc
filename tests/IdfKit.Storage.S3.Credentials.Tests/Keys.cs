namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>Keys of one caller, told apart from all others.</summary>
internal sealed record Keys(string Id, string Secret, string? Token)
{
    public static Keys Of(string name, bool temporary = true) =>
        new($"AKID{name.ToUpperInvariant()}", $"secret-of-{name}", temporary ? $"token-of-{name}" : null);
}
