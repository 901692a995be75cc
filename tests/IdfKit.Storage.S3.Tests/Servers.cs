using TestBed;

[assembly: AssemblyFixture(typeof(RgwServer))]
[assembly: AssemblyFixture(typeof(MotoServer))]
