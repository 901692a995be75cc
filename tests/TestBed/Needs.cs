using System.Diagnostics.CodeAnalysis;

using Xunit;

namespace TestBed;

/// <summary>
/// Why a test is skipped: <c>needs X: what would bring it</c>, the same sentence wherever X is missing, so that <c>./test.sh</c> can
/// say in one line how many tests that cost. And what a quick run (<c>IDFKIT_TEST_QUICK=1</c>) leaves out.
/// </summary>
public static class Needs
{
    public const string EnergyPlus = "needs EnergyPlus: ./eng/energyplus.sh, or set ENERGYPLUS_DIR";
    public const string PublishedFunction = "needs the published function: ./eng/publish.sh artifacts/publish";
    public const string Packages = "needs the packages: ./eng/pack.sh artifacts/feed, and IDFKIT_TEST_PACKAGES=artifacts/feed";
    public const string CephRgw = "needs Ceph RGW: ./eng/s3/install.sh as root";
    public const string Moto = "needs moto_server: ./eng/s3/moto.sh install";
    public const string Azurite = "needs Azurite: npm install --prefix artifacts/azurite azurite@3.35.0";
    public const string Chromium = "needs Chromium: apt-get install chromium fonts-dejavu-core";
    public const string SharedCorpus = "needs the shared corpus: a folder shared beside the checkout (IDFKIT_SHARED)";
    public const string SamTranslator = "needs the SAM translator: eng/s3/moto.sh install, or pip install aws-sam-translator";
    public const string CfnLint = "needs cfn-lint: pip install cfn-lint";
    public const string AwsCommand = "needs the aws command: pip install awscli";
    public const string Boto3 = "needs boto3: pip install boto3";
    public const string AwsSdkForJavaScript =
        "needs @aws-sdk/client-s3: npm install --prefix artifacts/aws-sdk-js @aws-sdk/client-s3@3.1169.0";
    public const string S3cmd = "needs s3cmd: apt-get install s3cmd";
    public const string Rclone = "needs rclone: apt-get install rclone";
    public const string S3fs = "needs s3fs and FUSE: apt-get install s3fs, outside a container";
    public const string Curl = "needs curl: apt-get install curl";
    public const string Landlock = "needs Landlock: a kernel from 5.13 on";
    public const string Compiler = "needs a C compiler: apt-get install gcc";
    public const string Linux = "needs Linux: its processes, signals and shell";
    public const string CCompiler = "needs a C compiler: apt-get install gcc";
    public const string RightToMount = "needs the right to mount: run as root, outside a container";
    public const string OutsideAnImage = "needs a function outside an image: unset IDFKIT_TEST_IN_IMAGE";
    public const string OutsideLambda = "needs a process outside Lambda: unset AWS_LAMBDA_RUNTIME_API";

    /// <summary>
    /// Whether this is a quick run: without servers and without the real EnergyPlus, and with fewer rounds of random
    /// tests.
    /// </summary>
    public static bool Quick { get; } = Environment.GetEnvironmentVariable("IDFKIT_TEST_QUICK") == "1";

    /// <summary>Skips a test for which a part is missing.</summary>
    public static void That([DoesNotReturnIf(false)] bool isThere, string reason)
    {
        if (!isThere) Assert.Skip(reason);
    }

    /// <summary>Skips a test that is too slow for a quick run.</summary>
    /// <param name="part">What is left out, e.g. <c>EnergyPlus</c>.</param>
    public static void NotQuick(string part) => Assert.SkipWhen(Quick, "--quick leaves out " + part);

    /// <summary>How many rounds a random test makes.</summary>
    public static int Rounds(int all, int quick) => Quick ? quick : all;
}
