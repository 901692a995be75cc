using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first event is asked for; false ends the process without an error.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

public class InvocationRequest : IDisposable
{
    internal InvocationRequest(Stream inputStream, ILambdaContext lambdaContext)
    {
        InputStream = inputStream;
        LambdaContext = lambdaContext;
    }

    public Stream InputStream { get; }

    public ILambdaContext LambdaContext { get; }

    public void Dispose()
    {
        InputStream.Dispose();
        GC.SuppressFinalize(this);
    }
}

public class InvocationResponse
{
    public InvocationResponse(Stream? outputStream)
        : this(outputStream, disposeOutputStream: true)
    {
    }

    public InvocationResponse(Stream? outputStream, bool disposeOutputStream)
    {
        OutputStream = outputStream;
        DisposeOutputStream = disposeOutputStream;
    }

    public Stream? OutputStream { get; set; }

    public bool DisposeOutputStream { get; }
}
