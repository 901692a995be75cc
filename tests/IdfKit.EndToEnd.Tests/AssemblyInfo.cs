using TestBed;

[assembly: AssemblyFixture(typeof(RgwServer))]
