using IdfKit.EndToEnd.Tests.Servers;

[assembly: AssemblyFixture(typeof(EventServer))]
