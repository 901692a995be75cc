using FakeEnergyPlus;

// A program that is called as EnergyPlus is and does what its model says, one instruction a line (Script.cs).
// It takes no orders from the environment, because the runner gives it none.
var model = args[^1];
var output = args[Array.IndexOf(args, "-d") + 1];
return new Script(output, args).Run(File.ReadAllLines(model));
