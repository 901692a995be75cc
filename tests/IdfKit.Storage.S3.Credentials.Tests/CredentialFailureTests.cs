using IdfKit.Storage.S3.Identity;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>Every kind of credentials, missing or broken: one typed sentence that says whose, what, and what to do.</summary>
public sealed class CredentialFailureTests : SignInTests
{
    private const string Role = "arn:aws:iam::123456789012:role/modeller";
    private const string RoleProfile = $"[profile work]\nrole_arn = {Role}\nsource_profile = base\n";

    private static readonly Keys Own = Keys.Of("own", temporary: false), Machine = Keys.Of("machine");

    [Fact]
    public async Task Nothing_at_all_says_where_to_give_them() =>
        Assert.Contains("no credentials were found; give them as options or in the environment",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);

    [Fact]
    public async Task Keys_that_the_server_does_not_know_are_denied()
    {
        Environment(Own);
        Assert.Contains("status 403", await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    // --- without the package: it is named, and the source that needs it

    [Theory]
    [InlineData("role", "profile 'work' needs AWSSDK.SecurityToken")]
    [InlineData("web identity", "the web identity needs AWSSDK.SecurityToken")]
    [InlineData("web identity profile", "profile 'work' needs AWSSDK.SecurityToken")]
    [InlineData("session", "profile 'work' needs AWSSDK.SSO")]
    [InlineData("start page", "profile 'work' needs AWSSDK.SSO")]
    public async Task Kind_that_needs_the_package_names_it(string kind, string needs)
    {
        Variables["AWS_PROFILE"] = "work";
        Write(".aws/credentials", Section("base", Own));
        var token = Write("token", "identity-token");
        if (kind == "role") Profile(RoleProfile);
        if (kind == "web identity") (Variables["AWS_WEB_IDENTITY_TOKEN_FILE"], Variables["AWS_ROLE_ARN"]) = (token, Role);
        if (kind == "web identity profile") Profile($"[profile work]\nrole_arn = {Role}\nweb_identity_token_file = {token}\n");
        if (kind == "session") Profile(SessionProfile);
        if (kind == "start page") Profile(StartPageProfile);
        SignedIn(kind == "session" ? "modelling" : StartPage, "access-token", DateTime.UtcNow.AddHours(4));
        var message = await FailsAsync(StorageErrorKind.AccessDenied, carriesPackage: false);
        Assert.Contains(needs, message, StringComparison.Ordinal);
        Assert.Contains("add the package IdfKit.Storage.S3.Credentials", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_of_the_machine_need_no_package()
    {
        Profile($"[profile work]\ncredential_process = cat {Write("keys.json", Scripts.Process(Machine))}\n");
        Cloud.Expected = Machine;
        Assert.Equal("exists", (await CallAsync(carriesPackage: false, profile: "work")).Output.Trim());
    }

    // --- profiles

    [Theory]
    [InlineData("nowhere")]
    [InlineData("a\nb")]
    public async Task Profile_that_is_not_there_is_named(string name)
    {
        Variables["AWS_PROFILE"] = name;
        Assert.Contains($"there is no profile '{name.Replace('\n', ' ')}'",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_of_the_options_that_is_not_there_is_named_though_the_environment_has_keys()
    {
        Environment(Own);
        Assert.Contains("there is no profile 'nowhere'",
            await FailsAsync(StorageErrorKind.AccessDenied, profile: "nowhere"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws_access_key_id = AKIDHALF\n", "profile 'work' is incomplete")]
    [InlineData($"role_arn = {Role}\n", "profile 'work' is incomplete")]
    [InlineData($"role_arn = {Role}\nsource_profile = nowhere\n", "from profile 'nowhere' (source_profile)")]
    [InlineData($"role_arn = {Role}\nsource_profile = back\n[profile back]\nrole_arn = {Role}\nsource_profile = work\n",
        "from profile 'back' (source_profile)")]
    [InlineData($"role_arn = {Role}\ncredential_source = Moon\n", "from 'Moon' (credential_source)")]
    [InlineData($"role_arn = {Role}\ncredential_source = EcsContainer\n", "from 'EcsContainer' (credential_source)")]
    [InlineData($"role_arn = {Role}\ncredential_source = Environment\n", "from 'Environment' (credential_source)")]
    [InlineData($"role_arn = {Role}\ncredential_source = Ec2InstanceMetadata\n", "from 'Ec2InstanceMetadata' (credential_source)")]
    [InlineData($"role_arn = {Role}\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/me\n", "asks for an MFA code")]
    public async Task Profile_that_cannot_work_says_why_and_nobody_else_signs(string content, string why)
    {
        Profile("[profile work]\n" + content);
        Write(".aws/credentials", Section("base", Own));
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains(why, await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
        Assert.Empty(Cloud.Calls);
    }

    [Fact]
    public async Task Broken_profile_is_no_reason_to_sign_as_the_container()
    {
        Profile($"[profile work]\nrole_arn = {Role}\nsource_profile = nowhere\n");
        Variables["AWS_PROFILE"] = "work";
        Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = Cloud.Url + "/role";
        Cloud.Scripts["role"] = Scripts.Container(Machine);
        Cloud.Expected = Machine;
        await FailsAsync(StorageErrorKind.AccessDenied);
        Assert.Empty(Cloud.Calls);
    }

    [Theory]
    [InlineData(".aws/credentials")]
    [InlineData(".aws/config")]
    public async Task File_with_a_line_of_nonsense_is_said_without_the_line(string file)
    {
        Write(file, "[default]\naws_secret_access_key wJalr-secret\n");
        Assert.Contains("has a line that is no section", await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_cannot_be_read_is_said()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file that nobody may read, the administrator included.");
        Variables["AWS_SHARED_CREDENTIALS_FILE"] = "/proc/self/mem";
        Assert.Contains("cannot be read", await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    // --- single sign-on

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, "{ nonsense secret")]
    [InlineData(false, "")]
    public async Task Login_that_is_not_there_says_how_to_log_in(bool session, string? file)
    {
        Profile(session ? SessionProfile : StartPageProfile);
        if (file is not null) File.WriteAllText(SignedIn(session ? "modelling" : StartPage, "access-token", DateTime.UtcNow), file);
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("run: aws sso login --profile work",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Login_that_has_expired_says_how_to_log_in(bool session)
    {
        Profile(session ? SessionProfile : StartPageProfile);
        SignedIn(session ? "modelling" : StartPage, "access-token", DateTime.UtcNow.AddHours(-1));
        Cloud.Scripts["oidc"] = _ => new Answer(400, """{"error":"invalid_grant","error_description":"refresh-token is used up"}""");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("run: aws sso login --profile work",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "UnauthorizedException", "run: aws sso login --profile work")]
    [InlineData(403, "ForbiddenException", "IAM Identity Center (SSO) refused profile 'work' (ForbiddenException, status 403)")]
    public async Task Login_that_is_refused_is_said(int status, string code, string why)
    {
        Profile(SessionProfile);
        SignedIn("modelling", "access-token", DateTime.UtcNow.AddHours(4));
        Cloud.Scripts["sso"] = request =>
        {
            request.HttpContext.Response.Headers["x-amzn-ErrorType"] = code;
            return new Answer(status, """{"message":"No access"}""");
        };
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains(why, await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    // --- roles and web identity

    [Fact]
    public async Task Role_that_is_refused_is_named()
    {
        Profile(RoleProfile);
        Write(".aws/credentials", Section("base", Own));
        Cloud.Scripts["sts"] = _ => Scripts.StsError(403, "AccessDenied", "User may not perform sts:AssumeRole");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains($"AWS STS refused the role '{Role}' of profile 'work' (AccessDenied, status 403)",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_without_an_answer_may_be_tried_again()
    {
        Profile(RoleProfile);
        Write(".aws/credentials", Section("base", Own));
        Variables["AWS_ENDPOINT_URL_STS"] = "http://127.0.0.1:9";
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("AWS STS cannot be reached for profile 'work'",
            await FailsAsync(StorageErrorKind.Unavailable, transient: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_that_the_service_fails_on_may_be_tried_again()
    {
        Profile(RoleProfile);
        Write(".aws/credentials", Section("base", Own));
        Cloud.Scripts["sts"] = _ => Scripts.StsError(503, "ServiceUnavailable", "come back later");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("AWS STS failed for profile 'work' (ServiceUnavailable, status 503)",
            await FailsAsync(StorageErrorKind.Unavailable, transient: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "the token file of the web identity cannot be read")]
    [InlineData("relative", "AWS_WEB_IDENTITY_TOKEN_FILE must be an absolute path")]
    [InlineData("no role", "AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not")]
    [InlineData("session name", "AWS_ROLE_SESSION_NAME holds characters")]
    [InlineData("refused", "AWS STS refused the web identity (InvalidIdentityToken, status 400)")]
    public async Task Web_identity_that_cannot_work_says_why(string fault, string why)
    {
        var token = Write("token", "identity-token");
        Variables["AWS_WEB_IDENTITY_TOKEN_FILE"] =
            fault switch { "missing" => token + ".not", "relative" => "token", _ => token };
        Variables["AWS_ROLE_ARN"] = fault == "no role" ? null : Role;
        Variables["AWS_ROLE_SESSION_NAME"] = fault == "session name" ? "a b" : null;
        Cloud.Scripts["sts"] = _ => Scripts.StsError(400, "InvalidIdentityToken", "No provider found in your account");
        Assert.Contains(why, await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    // --- container, instance, process

    [Theory]
    [InlineData("404", "the role of the container could not be fetched")]
    [InlineData("nonsense", "the role of the container could not be fetched")]
    [InlineData("closed", "the role of the container could not be fetched")]
    [InlineData("no token file", "the role of the container could not be fetched")]
    [InlineData("foreign", "AWS_CONTAINER_CREDENTIALS_FULL_URI must start with https")]
    [InlineData("no address", "AWS_CONTAINER_CREDENTIALS_FULL_URI must start with https")]
    public async Task Container_that_does_not_answer_is_said(string fault, string why)
    {
        Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = fault switch
        {
            "closed" => "http://127.0.0.1:9/role",
            "foreign" => "http://example.org/role",
            "no address" => "role",
            _ => Cloud.Url + "/role",
        };
        if (fault == "no token file") Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/nowhere/file";
        if (fault is "nonsense") Cloud.Scripts["role"] = _ => new Answer(200, "a secret and no JSON");
        if (fault is "no token file") Cloud.Scripts["role"] = Scripts.Container(Machine);
        Assert.Contains(why, await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("no role")]
    public async Task Instance_that_does_not_answer_is_as_no_credentials_at_all(string fault)
    {
        Instance(Machine);
        if (fault == "closed") Variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:9";
        else Cloud.Scripts["imds"] = request => request.Method == "PUT" ? Scripts.Metadata(Machine)(request) : new Answer(404);
        Assert.Contains("no credentials were found", await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo a secret >&2; exit 3")]
    [InlineData("echo a secret")]
    [InlineData("true")]
    [InlineData("""echo '{"Version":1,"Something":"secret"}'""")]
    [InlineData("""echo '{"Version":7,"SecretAccessKey":"secret"}'""")]
    [InlineData("/nowhere/program")]
    public async Task Process_that_gives_no_keys_is_said_without_what_it_printed(string command)
    {
        Profile($"[profile work]\ncredential_process = {command}\n");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("the credential_process of profile 'work' failed or printed no credentials; run it by hand",
            await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_hangs_ends_with_the_time_of_the_operation()
    {
        Profile("[profile work]\ncredential_process = sleep 20\n");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("no credentials came from profile 'work' within 2 s",
            await FailsAsync(StorageErrorKind.Unavailable, transient: true, seconds: 2), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(">/dev/null 2>&1")] // one that holds no pipe
    public async Task Process_that_hangs_is_killed_with_what_it_started(string output)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var pids = Write("pids", "");
        var script = Write("hangs.sh", $"echo $$ >> {pids}\nsleep 300 {output} &\necho $! >> {pids}\nwait\n");
        Profile($"[profile work]\ncredential_process = sh {script}\n");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("no credentials came from profile 'work' within 2 s",
            await FailsAsync(StorageErrorKind.Unavailable, transient: true, seconds: 2), StringComparison.Ordinal);
        var started = await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken);
        Assert.Equal(2, started.Length);
        foreach (var pid in started) await EndsAsync(pid);
    }

    [Fact]
    public async Task Process_that_hangs_is_killed_with_what_another_of_its_threads_started()
    {
        const string Python = "/usr/bin/python3";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Python), "Reads /proc, and needs " + Python);
        var pids = Write("pids", "");
        var script = Write("hangs.py", $$"""
            import subprocess, threading
            def start():
                child = subprocess.Popen(["sleep", "300"])
                open("{{pids}}", "a").write(f"{child.pid}\n")
                child.wait()
            thread = threading.Thread(target=start)
            thread.start()
            thread.join()
            """);
        Profile($"[profile work]\ncredential_process = {Python} {script}\n");
        Variables["AWS_PROFILE"] = "work";
        Assert.Contains("no credentials came from profile 'work' within 2 s",
            await FailsAsync(StorageErrorKind.Unavailable, transient: true, seconds: 2), StringComparison.Ordinal);
        await EndsAsync(Assert.Single(await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Process_that_hangs_is_not_waited_for_where_what_it_started_hides()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var pids = Write("pids", "");
        var script = Write("hides.sh", $"(sleep 120 & echo $! > {pids})\nsleep 120\n"); // its parent has ended
        using var cancel = new CancellationTokenSource();
        var run = new CredentialProcess($"sh {script}", "work").RunAsync(cancel.Token);
        while (new FileInfo(pids).Length == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var hidden = (await File.ReadAllTextAsync(pids, TestContext.Current.CancellationToken)).Trim();
        Assert.True(Runs(hidden), "what holds the pipe was waited for");
        using var sleep = System.Diagnostics.Process.GetProcessById(int.Parse(hidden, System.Globalization.CultureInfo.InvariantCulture));
        sleep.Kill();
    }

    [Theory]
    [InlineData("2001-01-01T00:00:00Z", "the credential_process of profile 'work' returned credentials that ended at 2001-01-01")]
    [InlineData("soon", "the credential_process of profile 'work' failed or printed no credentials")]
    public async Task Process_that_prints_an_end_that_is_past_or_none_is_said(string end, string why)
    {
        var keys = Write("keys.json", Scripts.Process(Machine).Replace("2099-01-01T00:00:00Z", end));
        Profile($"[profile work]\ncredential_process = cat {keys}\n");
        Variables["AWS_PROFILE"] = "work";
        Cloud.Expected = Machine;
        Assert.Contains(why, await FailsAsync(StorageErrorKind.AccessDenied), StringComparison.Ordinal);
    }

    private static async Task EndsAsync(string pid)
    {
        for (var tries = 0; Runs(pid); tries++)
        {
            Assert.True(tries < 600, $"process {pid} still runs");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // Not one that has ended and whose end nobody has asked for yet.
    private static bool Runs(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
