using IdfKit.Engine.Host;

// Runs one program, or one model in EnergyPlus's library, within bounds; nothing else. Linux only.
//   idfkit-engine exec [BOUNDS] -- PROGRAM ARGUMENTS…    becomes the program
//   idfkit-engine host [BOUNDS] -- ENERGYPLUS_FOLDER     loads EnergyPlus, and forks itself for each run that standard input asks for
//   idfkit-engine attack [BOUNDS] -- NAME                tries what a confined run must not do, without harm
if (!OperatingSystem.IsLinux()) return Exits.Refuse("runs on Linux only; elsewhere EnergyPlus is started directly.");
try
{
    return args switch
    {
        ["exec", .. var rest] when Bounds.TryParse(rest, out var bounds, out var command) && command.Length > 0 =>
            ExecCommand.Run(bounds, command),
        ["host", .. var rest] when Bounds.TryParse(rest, out var bounds, out var command) && command is [var folder] =>
            HostCommand.Run(bounds, folder),
        ["attack", .. var rest] when Bounds.TryParse(rest, out var bounds, out var command) && command is [var name] =>
            AttackCommand.Run(bounds, name),
        _ => Exits.Refuse("usage: idfkit-engine exec|host|attack [--file-size BYTES] [--cpu SECONDS] [--memory "
            + "BYTES] [--parent PID] [--confine LAYERS] [--require LAYERS] [--read PATH]… [--write PATH]… -- "
            + "PROGRAM ARGUMENTS…|ENERGYPLUS_FOLDER|NAME"),
    };
}
catch (BoundsException e)
{
    return Exits.Refuse(e.Message);
}
