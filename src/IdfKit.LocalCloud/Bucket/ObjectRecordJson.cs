using System.Text.Json.Serialization;

namespace IdfKit.LocalCloud.Bucket;

/// <summary>How an <see cref="ObjectRecord"/> is kept, compiled ahead of time.</summary>
[JsonSerializable(typeof(ObjectRecord))]
internal sealed partial class ObjectRecordJson : JsonSerializerContext;
