using IdfKit.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IdfKit.Storage.DependencyInjection;

/// <summary>
/// Registers a bucket as the program's <see cref="IAsyncFileSystem"/> and <see cref="IFileSystem"/>: singletons over the same
/// connections, opened when first asked for and disposed of with the container.
/// </summary>
public static class StorageServiceCollectionExtensions
{
    /// <param name="services">The program's services.</param>
    /// <param name="bucket">Name of the bucket, which must exist.</param>
    /// <param name="configure">How to reach it, e.g. <c>options => options with { Prefix = "studies" }</c>.</param>
    public static IServiceCollection AddS3FileSystem(
        this IServiceCollection services, string bucket, Func<S3FileSystemOptions, S3FileSystemOptions>? configure = null) =>
        services.AddS3FileSystem(bucket, (_, options) => configure is null ? options : configure(options));

    /// <param name="services">The program's services.</param>
    /// <param name="bucket">Name of the bucket, which must exist.</param>
    /// <param name="configure">How to reach it, with other services at hand, e.g. one that provides credentials.</param>
    public static IServiceCollection AddS3FileSystem(
        this IServiceCollection services, string bucket, Func<IServiceProvider, S3FileSystemOptions, S3FileSystemOptions> configure)
    {
        Check(services, bucket, configure);
        services.AddSingleton<IAsyncFileSystem>(provider => Open(provider, bucket, configure));
        return services.AddSingleton(provider => provider.GetRequiredService<IAsyncFileSystem>().AsSync());
    }

    /// <summary>The bucket that a section of the configuration names: <c>Bucket</c>, and the options but keys by their names.</summary>
    /// <exception cref="ArgumentException">A setting is unknown, missing or cannot be what it says; thrown here, at the start.</exception>
    public static IServiceCollection AddS3FileSystem(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var (bucket, settings) = S3Section.Read(section);
        return services.AddS3FileSystem(bucket, _ => settings);
    }

    /// <summary>One of several buckets, which <c>[FromKeyedServices(key)]</c> tells apart.</summary>
    /// <inheritdoc cref="AddS3FileSystem(IServiceCollection, string, Func{S3FileSystemOptions, S3FileSystemOptions})"/>
    public static IServiceCollection AddKeyedS3FileSystem(
        this IServiceCollection services, object? key, string bucket, Func<S3FileSystemOptions, S3FileSystemOptions>? configure = null) =>
        services.AddKeyedS3FileSystem(key, bucket, (_, options) => configure is null ? options : configure(options));

    /// <summary>One of several buckets, which <c>[FromKeyedServices(key)]</c> tells apart.</summary>
    /// <inheritdoc cref="AddS3FileSystem(IServiceCollection, string, Func{IServiceProvider, S3FileSystemOptions, S3FileSystemOptions})"/>
    public static IServiceCollection AddKeyedS3FileSystem(
        this IServiceCollection services, object? key, string bucket,
        Func<IServiceProvider, S3FileSystemOptions, S3FileSystemOptions> configure)
    {
        Check(services, bucket, configure);
        services.AddKeyedSingleton<IAsyncFileSystem>(key, (provider, _) => Open(provider, bucket, configure));
        return services.AddKeyedSingleton(key, (provider, own) => provider.GetRequiredKeyedService<IAsyncFileSystem>(own).AsSync());
    }

    private static AsyncS3FileSystem Open(
        IServiceProvider provider, string bucket, Func<IServiceProvider, S3FileSystemOptions, S3FileSystemOptions> configure) =>
        new(bucket, configure(provider, new S3FileSystemOptions()));

    private static void Check(IServiceCollection services, string bucket, Delegate configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        Required.Text(bucket, "the name of the bucket");
        ArgumentNullException.ThrowIfNull(configure);
    }
}
