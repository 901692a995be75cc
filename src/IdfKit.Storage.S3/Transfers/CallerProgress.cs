using System.Runtime.ExceptionServices;

namespace IdfKit.Storage.S3.Transfers;

/// <summary>
/// Tells the caller how far a transfer is. An error of the caller's own is kept, since it would be taken for one of the network.
/// </summary>
/// <param name="inner">The caller's.</param>
internal sealed class CallerProgress(IProgress<long>? inner)
{
    private ExceptionDispatchInfo? _fault;

    public void Report(long bytes)
    {
        try
        {
            inner?.Report(bytes);
        }
        catch (Exception error)
        {
            _fault = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    /// <summary>Throws what the caller threw, if it did.</summary>
    public void ThrowItsError() => _fault?.Throw();
}
