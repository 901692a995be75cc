using TestBed;

[assembly: AssemblyFixture(typeof(RgwServer))]

// Every test has a function and EnergyPlus at work; and RGW 16.2 keeps all topics in one object, which two tests that
// subscribe at the same moment would fight over.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
