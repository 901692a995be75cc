global using Tool = TestBed.IdfkitProcess;

using TestBed;

[assembly: AssemblyFixture(typeof(MotoServer))]
[assembly: AssemblyFixture(typeof(RgwServer))]
