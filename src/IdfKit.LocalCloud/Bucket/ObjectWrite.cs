namespace IdfKit.LocalCloud;

/// <summary>An object that has just been written, over S3 or by hand.</summary>
/// <param name="Key">Its key, not encoded.</param>
/// <param name="Path">The file on disk.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ETag">Without quotes.</param>
/// <param name="EventName">S3's, e.g. <c>ObjectCreated:Put</c>, <c>:Copy</c> or <c>:CompleteMultipartUpload</c>.</param>
/// <param name="Sequencer">Hexadecimal; a later write of the same key has a greater one.</param>
public sealed record ObjectWrite(string Key, string Path, long SizeBytes, string ETag, string EventName, string Sequencer);
