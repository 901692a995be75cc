using System.Diagnostics.CodeAnalysis;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace IdfKit.Storage.S3.Credentials;

/// <summary>
/// Credentials that are fetched from a service of Amazon's: roles (<c>role_arn</c>), web identity and single sign-on. A program
/// that carries this package has them; those that it holds in the environment or in a file need no package.
/// </summary>
public static class S3CredentialKinds
{
    /// <summary>
    /// Keeps the services' clients in a program that is trimmed or compiled ahead of time, where the SDK would not find them:
    /// call it once at the start. Elsewhere it does nothing.
    /// </summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCConfig))]
    public static void Keep()
    {
    }
}
