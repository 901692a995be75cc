namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>Every kind of credentials: a request arrives at S3, signed with exactly these keys.</summary>
public sealed class CredentialTests : SignInTests
{
    private const string Role = "arn:aws:iam::123456789012:role/modeller";

    private static readonly Keys Own = Keys.Of("own", temporary: false), Fetched = Keys.Of("fetched");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Environment_signs(bool temporary)
    {
        var keys = Keys.Of("environment", temporary);
        Environment(keys);
        Profile("[default]\naws_access_key_id = other\naws_secret_access_key = other\n");
        await SignsAsAsync(keys);
    }

    [Fact]
    public async Task Shared_file_signs()
    {
        Write(".aws/credentials", Section("default", Own));
        await SignsAsAsync(Own);
    }

    [Fact]
    public async Task Profile_that_is_named_signs()
    {
        Write(".aws/credentials", Section("default", Keys.Of("other")) + Section("work", Fetched));
        Variables["AWS_PROFILE"] = "work";
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Files_that_are_named_sign()
    {
        Variables["AWS_SHARED_CREDENTIALS_FILE"] = Write("elsewhere/keys", Section("work", Own));
        Variables["AWS_CONFIG_FILE"] = Write("elsewhere/config", "[profile work]\nregion = eu-central-1\n");
        Variables["AWS_PROFILE"] = "work";
        await SignsAsAsync(Own);
    }

    [Fact]
    public async Task Profile_of_the_options_goes_before_the_environment()
    {
        Environment(Keys.Of("other"));
        Write(".aws/credentials", Section("work", Own));
        await SignsAsAsync(Own, profile: "work");
    }

    [Fact]
    public async Task Single_sign_on_signs_with_a_session()
    {
        Profile(SessionProfile);
        SignedIn("modelling", "access-token", DateTime.UtcNow.AddHours(4));
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["sso"] = Scripts.Sso(Fetched, "access-token");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Single_sign_on_signs_with_a_start_page()
    {
        Profile(StartPageProfile);
        SignedIn(StartPage, "access-token", DateTime.UtcNow.AddHours(4));
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["sso"] = Scripts.Sso(Fetched, "access-token");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Single_sign_on_renews_a_session_that_has_ended()
    {
        Profile(SessionProfile);
        SignedIn("modelling", "old", DateTime.UtcNow.AddHours(-1));
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["oidc"] = request => request.Body().Contains("refresh-token", StringComparison.Ordinal)
            ? new Answer(200, """{"accessToken":"renewed","expiresIn":3600,"tokenType":"Bearer","refreshToken":"next"}""")
            : new Answer(400);
        Cloud.Scripts["sso"] = Scripts.Sso(Fetched, "renewed");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Web_identity_of_the_environment_signs()
    {
        Variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = Write("token", "identity-token");
        Variables["AWS_ROLE_ARN"] = Role;
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => request.Form("Action") == "AssumeRoleWithWebIdentity"
            && request.Form("WebIdentityToken") == "identity-token" && request.Form("RoleArn") == Role);
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Web_identity_of_a_profile_signs()
    {
        Profile($"[profile work]\nrole_arn = {Role}\nweb_identity_token_file = {Write("token", "identity-token")}\n");
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => request.Form("WebIdentityToken") == "identity-token");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Role_by_source_profile_signs()
    {
        Profile($"[profile work]\nrole_arn = {Role}\nsource_profile = base\nexternal_id = 4711\n");
        Write(".aws/credentials", Section("base", Own));
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => Signature.IsBy(Own, request)
            && request.Form("Action") == "AssumeRole" && request.Form("RoleArn") == Role && request.Form("ExternalId") == "4711");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Role_by_a_role_signs()
    {
        var between = Keys.Of("between");
        Profile($"[profile work]\nrole_arn = {Role}\nsource_profile = team\n"
            + "[profile team]\nrole_arn = arn:aws:iam::123456789012:role/team\nsource_profile = base\n");
        Write(".aws/credentials", Section("base", Own));
        Variables["AWS_PROFILE"] = "work";
        Cloud.Scripts["sts"] = request => request.Form("RoleArn") == Role
            ? Scripts.Sts(Fetched, call => Signature.IsBy(between, call))(request)
            : Scripts.Sts(between, call => Signature.IsBy(Own, call))(request);
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Role_by_the_environment_signs()
    {
        Profile($"[profile work]\nrole_arn = {Role}\ncredential_source = Environment\n");
        Environment(Own);
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => Signature.IsBy(Own, request));
        await SignsAsAsync(Fetched, profile: "work"); // AWS_PROFILE would give way to the environment
    }

    [Fact]
    public async Task Role_by_the_container_signs()
    {
        var container = Keys.Of("container");
        Profile($"[profile work]\nrole_arn = {Role}\ncredential_source = EcsContainer\n");
        Variables["AWS_PROFILE"] = "work";
        Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = Cloud.Url + "/role";
        Cloud.Scripts["role"] = Scripts.Container(container);
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => Signature.IsBy(container, request));
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Role_by_the_instance_signs()
    {
        var instance = Keys.Of("instance");
        Profile($"[profile work]\nrole_arn = {Role}\ncredential_source = Ec2InstanceMetadata\n");
        Variables["AWS_PROFILE"] = "work";
        Instance(instance);
        Cloud.Scripts["sts"] = Scripts.Sts(Fetched, request => Signature.IsBy(instance, request));
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Container_signs_by_its_full_address_and_token_file()
    {
        Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = Cloud.Url + "/role";
        Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = Write("token", "container-token");
        Cloud.Scripts["role"] = Scripts.Container(Fetched, "container-token");
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Container_signs_by_its_relative_address()
    {
        // The address is fixed (169.254.170.2); a proxy brings it here.
        Variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/role";
        Variables["HTTP_PROXY"] = Cloud.Url;
        Variables["NO_PROXY"] = "127.0.0.1";
        Cloud.Scripts["role"] = request =>
            request.Host.Host == "169.254.170.2" ? Scripts.Container(Fetched)(request) : new Answer(404);
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Instance_signs()
    {
        Profile("[default]\nregion = us-east-1\n"); // a profile without keys does not stand in the way
        Instance(Fetched);
        await SignsAsAsync(Fetched);
    }

    [Fact]
    public async Task Process_signs()
    {
        Profile($"[profile work]\ncredential_process = cat {Write("keys.json", Scripts.Process(Fetched))}\n");
        Variables["AWS_PROFILE"] = "work";
        await SignsAsAsync(Fetched);
    }

    [Theory]
    [InlineData("printf '%s' \"$(cat KEYS)\"")]        // quotes and a subshell
    [InlineData("head -c 300000 /dev/zero >&2; cat KEYS")] // more complaints than a pipe holds
    [InlineData("cat 'KEYS' | tr -d '\\n'")]
    public async Task Process_is_a_line_of_the_shell(string command)
    {
        Profile($"[profile work]\ncredential_process = {command.Replace("KEYS", Write("keys.json", Scripts.Process(Fetched)))}\n");
        Variables["AWS_PROFILE"] = "work";
        await SignsAsAsync(Fetched);
    }
}
