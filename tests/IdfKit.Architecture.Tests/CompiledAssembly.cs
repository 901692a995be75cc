using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace IdfKit.Architecture.Tests;

/// <summary>An assembly as the compiler wrote it, read without loading it.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    private CompiledAssembly(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    public static CompiledAssembly Open(string name) => new(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    public IEnumerable<string> References =>
        _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name));

    /// <summary>The full names of the types that it uses from elsewhere.</summary>
    public IEnumerable<string> Types => _metadata.TypeReferences.Select(NameOf);

    /// <summary>The full names of the types whose methods name the given one: the token is searched in the bodies.</summary>
    public IEnumerable<string> CallersOf(string type, string method)
    {
        var tokens = _metadata.MemberReferences.Where(handle =>
        {
            var member = _metadata.GetMemberReference(handle);
            return member.Parent.Kind == HandleKind.TypeReference
                && NameOf((TypeReferenceHandle)member.Parent) == type
                && _metadata.GetString(member.Name) == method;
        }).Select(handle => BitConverter.GetBytes(MetadataTokens.GetToken(handle))).ToList();

        foreach (var definitionHandle in _metadata.TypeDefinitions)
        {
            var definition = _metadata.GetTypeDefinition(definitionHandle);
            foreach (var handle in definition.GetMethods())
            {
                var address = _metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
                if (address == 0) continue;
                var body = _file.GetMethodBody(address).GetILBytes() ?? [];
                if (tokens.Any(token => body.AsSpan().IndexOf(token) >= 0)) { yield return NameOf(definitionHandle); break; }
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return _metadata.GetString(type.Namespace) + "." + _metadata.GetString(type.Name);
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return outer.IsNil
            ? _metadata.GetString(type.Namespace) + "." + _metadata.GetString(type.Name)
            : NameOf(outer) + "+" + _metadata.GetString(type.Name);
    }
}
