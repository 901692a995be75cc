using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace IdfKit.Storage.S3.Credentials.Tests;

/// <summary>
/// Signature Version 4, calculated anew from a request as it arrived (AWS General Reference, "Signing AWS API requests").
/// </summary>
internal static class Signature
{
    public static bool IsBy(Keys keys, HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["AWS4-HMAC-SHA256", var credential, var signed, var signature]) return false;
        var scope = credential["Credential=".Length..].Split('/', 2);
        if (scope[0] != keys.Id || request.Headers["X-Amz-Security-Token"].ToString() != (keys.Token ?? "")) return false;
        var names = signed["SignedHeaders=".Length..];
        var day = scope[1].Split('/');
        var key = Encoding.UTF8.GetBytes("AWS4" + keys.Secret);
        foreach (var part in day) key = Hmac(key, part);
        var text = string.Join('\n',
            "AWS4-HMAC-SHA256", request.Headers["X-Amz-Date"].ToString(), scope[1], Hash(Canonical(request, names)));
        return signature == "Signature=" + Convert.ToHexStringLower(Hmac(key, text));
    }

    private static string Canonical(HttpRequest request, string names)
    {
        var headers = names.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n");
        return string.Create(CultureInfo.InvariantCulture,
            $"{request.Method}\n{request.PathBase}{request.Path}\n\n{string.Concat(headers)}\n{names}\n{PayloadHash(request)}");
    }

    private static string PayloadHash(HttpRequest request)
    {
        var given = request.Headers["X-Amz-Content-SHA256"].ToString();
        return given.Length > 0 ? given : Hash((string)request.HttpContext.Items["body"]!);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
