namespace IdfKit.Storage;

#pragma warning disable RS0030 // Where blocking code meets async work: AsSync and the blocking Read of a remote stream.

/// <summary>Waits for async work on the caller's thread.</summary>
internal static class Blocking
{
    // A caller with a context of its own (a window, an actor) would wait for itself if the work came back to it.
    private static bool HasContext => SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default;

    public static T Wait<T>(Func<Task<T>> work) => (HasContext ? Task.Run(work) : work()).GetAwaiter().GetResult();

    public static void Wait(Func<Task> work) => (HasContext ? Task.Run(work) : work()).GetAwaiter().GetResult();
}
