using System.Runtime.InteropServices;
using System.Text;

namespace IdfKit.Engine.Host;

/// <summary>
/// EnergyPlus's library, used as its program uses it. The state comes from the C interface (<c>state.h</c>, <c>runtime.h</c>);
/// it is run by the two functions that <c>main</c> calls, for <c>energyplus()</c> of the C interface makes a run slower and its
/// <c>.audit</c> file different: it expects callbacks and sets every model up for energy management (seen of 25.2).
/// Where a version does not export the two, <c>energyplus()</c> is called.
/// </summary>
internal sealed unsafe class EnergyPlusLibrary
{
    // The names carry the parameter types, so a version that takes others is not called by mistake.
    private const string ProcessArguments =
        "_ZN10EnergyPlus20CommandLineInterface11ProcessArgsERNS_14EnergyPlusDataERKSt6vector"
        + "INSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESaIS9_EE";
    private const string RunProgram =
        "_Z13RunEnergyPlusRN10EnergyPlus14EnergyPlusDataERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE";

    private readonly nint _library;
    private readonly string _folder;
    private readonly nint _state;

    private EnergyPlusLibrary(nint library, string folder)
    {
        (_library, _folder) = (library, folder);
        _state = ((delegate* unmanaged<nint>)Export("stateNew"))();

        // Else EnergyPlus looks for ExpandObjects and ReadVarsESO beside this program.
        ((delegate* unmanaged<nint, byte*, void>)Export("setEnergyPlusRootDirectory"))(_state, Native(folder, out _));
    }

    /// <summary>Loads the library and does what does not depend on the model: 0.15 s of every run.</summary>
    /// <exception cref="DllNotFoundException">The library or one that it needs is missing; the message is the loader's.</exception>
    /// <exception cref="EntryPointNotFoundException">It is of a version without this interface.</exception>
    public static EnergyPlusLibrary Load(string folder)
    {
        // Not NativeLibrary.Load: its message buries the loader's sentence in advice.
        const int Lazily = 1; // RTLD_LAZY
        _ = Libc.LibraryError(); // binds the call now: binding it later would itself clear the error
        var library = Libc.OpenLibrary(Path.Combine(folder, "libenergyplusapi.so"), Lazily);
        return library != 0 ? new(library, folder) : throw new DllNotFoundException(Marshal.PtrToStringUTF8(Libc.LibraryError()));
    }

    /// <summary>Runs EnergyPlus as its program does with these arguments. Once per process.</summary>
    /// <returns>Its exit code.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        string[] all = [Path.Combine(_folder, "energyplus"), .. arguments];
        var code = NativeLibrary.TryGetExport(_library, ProcessArguments, out var process)
            && NativeLibrary.TryGetExport(_library, RunProgram, out var run)
            ? RunAsProgram(all, (delegate* unmanaged<nint, CppVector*, int>)process, (delegate* unmanaged<nint, CppString*, int>)run)
            : RunAsLibrary(all, (delegate* unmanaged<nint, int, byte**, int>)Export("energyplus"));
        ((delegate* unmanaged<nint, void>)Export("stateDelete"))(_state); // closes what a fatal error leaves open
        return code;
    }

    private int RunAsProgram(
        string[] arguments, delegate* unmanaged<nint, CppVector*, int> process, delegate* unmanaged<nint, CppString*, int> run)
    {
        var texts = (CppString*)NativeMemory.Alloc((nuint)arguments.Length, (nuint)sizeof(CppString));
        for (var i = 0; i < arguments.Length; i++) texts[i] = CppString.From(arguments[i]);
        var vector = new CppVector { First = texts, End = texts + arguments.Length, EndOfStorage = texts + arguments.Length };
        process(_state, &vector); // ends the process itself when the arguments are wrong

        var noPath = CppString.From("");
        return run(_state, &noPath);
    }

    private int RunAsLibrary(string[] arguments, delegate* unmanaged<nint, int, byte**, int> energyPlus)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)arguments.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Length; i++) vector[i] = Native(arguments[i], out _);
        return energyPlus(_state, arguments.Length, vector);
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>Ended by a zero byte. Never freed: the process has one run to live.</summary>
    private static byte* Native(string text, out int length)
    {
        length = Encoding.UTF8.GetByteCount(text);
        return (byte*)Marshal.StringToCoTaskMemUTF8(text);
    }

    /// <summary>std::string of libstdc++'s C++11 ABI. Only read by EnergyPlus, so the short form's inline buffer is never needed.</summary>
    private struct CppString
    {
        public byte* Text;
        public nuint Length;
        public nuint Capacity;
        public nuint RestOfInlineBuffer;

        public static CppString From(string text)
        {
            var native = Native(text, out var length);
            return new() { Text = native, Length = (nuint)length, Capacity = (nuint)length };
        }
    }

    /// <summary>std::vector&lt;std::string&gt;.</summary>
    private struct CppVector
    {
        public CppString* First;
        public CppString* End;
        public CppString* EndOfStorage;
    }
}
