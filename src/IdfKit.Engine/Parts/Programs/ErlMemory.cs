namespace IdfKit.Engine.Parts.Programs;

/// <summary>
/// Finds in the energy management system what may remember: a program that reads a variable of its own, or what any program actuates,
/// before it sets it (EnergyPlus keeps both from one call to the next, so that <c>SET Hours = Hours + 1</c> counts), one that sets an
/// actuator only under a condition (it keeps its value until it is set again), and a sensor of what is actuated, or may be.
/// </summary>
internal static class ErlMemory
{
    private const int MostLines = 4000; // paths through more are not followed

    private static readonly string[] Outputs = ["EnergyManagementSystem:OutputVariable", "EnergyManagementSystem:MeteredOutputVariable"];

    private static readonly HashSet<string> Forgetful =
        new(["Schedule Value", "Zone Mean Air Temperature", "Zone Air Temperature"], StringComparer.OrdinalIgnoreCase);

    /// <returns>The first such object; null where there is none.</returns>
    public static ModelObject? Of(Model model) => Of(model, isInOneRunPeriod: true);

    /// <summary>
    /// Of run periods EnergyPlus forgets between them what actuators and variables were (25.2). But a variable that nothing has set yet is
    /// an error, and one that was set in an earlier run period is zero.
    /// </summary>
    /// <returns>The first program that reads what it may not have set; null where there is none.</returns>
    public static ModelObject? BetweenRunPeriods(Model model) => Of(model, isInOneRunPeriod: false);

    private static ModelObject? Of(Model model, bool isInOneRunPeriod)
    {
        var actuators = model.ObjectsOf("EnergyManagementSystem:Actuator");
        List<ErlProgram> programs = [.. ErlProgram.In(model).Select(program => ErlProgram.Of(program, model.Format))];
        if (programs.Sum(program => program.Lines.Count) > MostLines) return programs[0].Source;
        var acting = Acting(programs, Texts(actuators, 0, "name"));
        var sensors = Texts(model.ObjectsOf("EnergyManagementSystem:Sensor"), 0, "name");
        if (programs.Find(program => program.ReadsFirst(acting, sensors)) is { } reader) return reader.Source;
        return !isInOneRunPeriod
            ? null
            : programs.Find(program => program.SetsAtTimes(acting))?.Source
                ?? SensorOfActuated(model, actuators)
                ?? SetpointOfActuated(model, actuators, programs)
                ?? SensorOfBuilding(model, actuators, programs);
    }

    /// <summary>Names of actuators, and of programs that set one: to run such a program is to set it.</summary>
    private static HashSet<string> Acting(List<ErlProgram> programs, HashSet<string> actuators)
    {
        var acting = new HashSet<string>(actuators, StringComparer.OrdinalIgnoreCase);
        for (var before = -1; before < acting.Count;)
        {
            before = acting.Count;
            acting.UnionWith(Texts(programs.Where(program => program.Sets(acting)).Select(program => program.Source), 0, "name"));
        }
        return acting;
    }

    /// <summary>A sensor that tells a program in the next step what a program has set in this one.</summary>
    private static ModelObject? SensorOfActuated(Model model, IReadOnlyList<ModelObject> actuators)
    {
        var actuated = Texts(actuators, 1, "actuated_component_unique_name");
        var reported = Texts(Outputs.SelectMany(model.ObjectsOf), 0, "name");
        return model.ObjectsOf("EnergyManagementSystem:Sensor").FirstOrDefault(sensor =>
            reported.Contains(sensor.Field(2, "output_variable_or_output_meter_name")?.Trim() ?? "")
            || actuated.Contains(sensor.Field(1, "output_variable_or_output_meter_index_key_name")?.Trim() ?? ""));
    }

    /// <summary>A sensor of a setpoint that programs read, where one sets a schedule: the setpoint may follow that.</summary>
    private static ModelObject? SetpointOfActuated(Model model, IReadOnlyList<ModelObject> actuators, List<ErlProgram> programs)
    {
        var schedules = NamesOfSchedules(actuators);
        return programs.Exists(program => program.Sets(schedules))
            ? SensorsReadBy(model, programs).FirstOrDefault(sensor =>
                VariableOf(sensor)?.Contains("Setpoint", StringComparison.OrdinalIgnoreCase) is true)
            : null;
    }

    /// <summary>
    /// A sensor that a program reads which sets a schedule, unless it is of the weather, of a schedule, or of the air of a zone, which is
    /// compared: anything else of the building may follow that schedule, and so tell the program what it did before.
    /// </summary>
    private static ModelObject? SensorOfBuilding(Model model, IReadOnlyList<ModelObject> actuators, List<ErlProgram> programs)
    {
        var setting = Acting(programs, NamesOfSchedules(actuators));
        return SensorsReadBy(model, programs.Where(program => program.Sets(setting))).FirstOrDefault(sensor =>
            VariableOf(sensor) is { } variable
            && !variable.StartsWith("Site ", StringComparison.OrdinalIgnoreCase)
            && !Forgetful.Contains(variable)
            && !string.Equals(
                sensor.Field(1, "output_variable_or_output_meter_index_key_name")?.Trim(), "Environment",
                StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<ModelObject> SensorsReadBy(Model model, IEnumerable<ErlProgram> programs)
    {
        var read = programs.SelectMany(program => program.Lines).SelectMany(line => line.Reads).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return model.ObjectsOf("EnergyManagementSystem:Sensor").Where(sensor => read.Contains(sensor.Name?.Trim() ?? ""));
    }

    private static string? VariableOf(ModelObject sensor) => sensor.Field(2, "output_variable_or_output_meter_name")?.Trim();

    private static HashSet<string> NamesOfSchedules(IEnumerable<ModelObject> actuators) => Texts(actuators.Where(actuator =>
        actuator.Field(2, "actuated_component_type")?.Contains("Schedule:", StringComparison.OrdinalIgnoreCase) is true), 0, "name");

    private static HashSet<string> Texts(IEnumerable<ModelObject> items, int field, string key) =>
        items.Select(item => (field == 0 ? item.Name : item.Field(field, key))?.Trim() ?? "").Where(text => text.Length > 0)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
