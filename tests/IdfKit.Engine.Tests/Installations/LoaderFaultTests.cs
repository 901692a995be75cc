using IdfKit.Engine.Children;
using IdfKit.Engine.Installations;

namespace IdfKit.Engine.Tests.Installations;

public sealed class LoaderFaultTests
{
    [Theory]
    [InlineData(
        "/e/energyplus: error while loading shared libraries: libX11.so.6: cannot open shared object file: No such file or directory",
        "libX11.so.6")]
    [InlineData("libX11.so.6: cannot open shared object file: No such file or directory", "libX11.so.6")] // dlopen
    // musl
    [InlineData("Error loading shared library libX11.so.6: No such file or directory (needed by /e/libenergyplusapi.so)", "libX11.so.6")]
    [InlineData("dyld[4711]: Library not loaded: @rpath/libgfortran.5.dylib", "libgfortran.5.dylib")]
    [InlineData(
        "EnergyPlus Starting\n  ReadVarsESO: error while loading shared libraries: libgfortran.so.5: "
            + "cannot open shared object file: No such file or directory\n", "libgfortran.so.5")]
    [InlineData("/e/energyplus: error while loading shared libraries: libX11.so.6: wrong ELF class: ELFCLASS32", null)]
    [InlineData(
        "/e/energyplus: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /e/libenergyplusapi.so)", null)]
    [InlineData("Error relocating /e/energyplus: __isoc23_strtol: symbol not found", null)]
    [InlineData("/e/energyplus: symbol lookup error: /e/libenergyplusapi.so: undefined symbol: _Z3foov", null)]
    public void Loaders_words_are_known_and_the_library_is_named(string output, string? library)
    {
        var fault = LoaderFault.In(output);

        Assert.NotNull(fault);
        Assert.Equal(library, fault.Library);
        Assert.Contains(fault.Sentence, output, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Advice());
    }

    [Theory]
    [InlineData("EnergyPlus Starting\nError reading the file libX11.so.6\n")]
    [InlineData("/e/energyplus: error while loading shared libraries: libX11.so.6: failed to map segment from shared object")]
    [InlineData("/e/energyplus: error while loading shared libraries: libc.so.6: cannot create shared object "
        + "descriptor: Cannot allocate memory")]
    public void What_is_no_fault_of_the_installation_is_none(string output) => Assert.Null(LoaderFault.In(output));

    [Fact]
    public void Lack_of_memory_is_told_apart()
    {
        Assert.True(LoaderFault.IsLackOfMemory(
            "x\nenergyplus: error while loading shared libraries: libX11.so.6: failed to map segment from shared object\n"));
        Assert.False(LoaderFault.IsLackOfMemory("energyplus: error while loading shared libraries: "
            + "libX11.so.6: cannot open shared object file: No such file or directory"));
    }

    [Theory]
    [InlineData("debian", "install it: apt-get install libx11-6")]
    [InlineData("fedora", "install it: dnf install libX11")]
    [InlineData("", "install it: libx11-6 on Debian and Ubuntu, libX11 on Fedora")]
    [InlineData("alpine", "the official EnergyPlus needs glibc, which Alpine does not have: "
        + "use a system or container with glibc, such as Debian")]
    [InlineData("macos", "install EnergyPlus again, or the library")]
    public void Package_is_named_as_the_system_calls_it(string system, string advice) =>
        Assert.Equal(advice, SystemPackages.AdviceFor("libX11.so.6", system));

    [Fact]
    public void Library_that_no_table_knows_is_named_all_the_same() =>
        Assert.Equal("install EnergyPlus again, or the package that holds libodd.so.1", SystemPackages.AdviceFor("libodd.so.1", "debian"));

    [Theory]
    [InlineData("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", "debian")]
    [InlineData("ID=ubuntu\nID_LIKE=debian\n", "debian")]
    [InlineData("ID=\"linuxmint\"\nID_LIKE=\"ubuntu debian\"\n", "debian")]
    [InlineData("ID=fedora\n", "fedora")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "fedora")]
    [InlineData("ID=\"amzn\"\n", "fedora")]
    [InlineData("ID=alpine\n", "alpine")]
    [InlineData("ID=nixos\n", "")]
    [InlineData("", "")]
    public void Family_of_the_system_is_read_from_os_release(string text, string family) =>
        Assert.Equal(family, SystemPackages.Distribution(text));
}
