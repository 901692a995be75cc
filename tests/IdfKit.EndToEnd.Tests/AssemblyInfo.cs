using TestBed;

using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(RgwServer))]

// Every test has a function and EnergyPlus at work; and RGW 16.2 keeps all topics in one object, which two tests that
// subscribe at the same moment would fight over.
[assembly: Parallelization(Mode = ParallelMode.None)]
