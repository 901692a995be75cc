using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace IdfKit.Storage.S3.Identity;

/// <summary>
/// The credential_process of a profile: a command whose output is one JSON object
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html). The SDK runs it too, but leaves it running
/// when nobody waits for it any more; here it is killed, with the processes that it started.
/// </summary>
/// <param name="command">A line of the shell.</param>
/// <param name="profile">As <see cref="CredentialSource.Describe"/> names it.</param>
internal sealed class CredentialProcess(string command, string profile)
{
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true };
    private static readonly TimeSpan KilledGrace = TimeSpan.FromSeconds(1);

    /// <summary>Runs it once.</summary>
    /// <exception cref="IdentityException">It failed or printed no credentials.</exception>
    /// <exception cref="OperationCanceledException">It was killed.</exception>
    public async Task<S3Credentials> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        // The reads end with the process, so nothing but its death answers the token, and that before the canceller goes on; what it has
        // started and hidden may hold them open, and is not waited for.
        using var killed = new CancellationTokenSource();
        using var killing = cancellationToken.Register(() =>
        {
            Kill(process);
            killed.CancelAfter(KilledGrace);
        });
        string output;
        try
        {
            var complaint = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None).WaitAsync(killed.Token).ConfigureAwait(false);
            await complaint.WaitAsync(killed.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(killed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) { throw new OperationCanceledException(cancellationToken); }
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 && Read(output) is { } credentials ? credentials : throw IdentitySentences.ProcessFailed(profile);
    }

    private Process Start()
    {
        var shell = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", "/c " + command)
            : new ProcessStartInfo("sh", ["-c", command]);
        (shell.RedirectStandardOutput, shell.RedirectStandardError, shell.CreateNoWindow) = (true, true, true);
        try
        {
            return Process.Start(shell) ?? throw IdentitySentences.ProcessFailed(profile);
        }
        catch (Win32Exception)
        {
            throw IdentitySentences.ProcessFailed(profile);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            // .NET looks for descendants among all processes of the machine, which was seen to take more than a minute on a busy one.
            var children = OperatingSystem.IsLinux() ? ChildrenOf(process.Id) : null;
            process.Kill(entireProcessTree: children is null);
            foreach (var id in children ?? []) Kill(id);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception or AggregateException)
        {
            return; // by itself, or some of those that it started
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var child = Process.GetProcessById(id);
            Kill(child);
        }
        catch (ArgumentException) { return; } // ended by itself
    }

    /// <summary>Those that any of its threads has started; null where the kernel does not tell.</summary>
    private static IReadOnlyList<int>? ChildrenOf(int id)
    {
        try
        {
            var threads = Directory.EnumerateDirectories(FormattableString.Invariant($"/proc/{id}/task"));
            var ids = threads.SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' '));
            return [.. ids.Where(text => text.Length > 0).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What it printed stays in here: it may hold a key, whatever else is wrong with it.
    private static S3Credentials? Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output, Tolerant);
            var printed = document.RootElement;
            if (printed.GetProperty("Version").GetInt32() != 1) return null;
            var end = TextOf(printed, "Expiration");
            return new S3Credentials(
                TextOf(printed, "AccessKeyId") ?? "", TextOf(printed, "SecretAccessKey") ?? "", TextOf(printed, "SessionToken"))
            {
                ExpiresAt = end is null
                    ? null
                    : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            };
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement printed, string name) =>
        printed.TryGetProperty(name, out var value) ? value.GetString() : null;
}
