namespace IdfKit.Runs;

/// <summary>Why a run did not complete: the values of <c>reason</c> in <c>run.json</c>.</summary>
public static class RunReason
{
    /// <summary>The model asks for a run period and no weather was found.</summary>
    public const string NoWeather = "no_weather";

    /// <summary>The model, or a file that it or its job file names, is not in the bucket.</summary>
    public const string MissingFile = "missing_file";

    /// <summary>The weather file is no EPW, or not a whole one.</summary>
    public const string BadWeather = "bad_weather";

    /// <summary>The model is for another version of EnergyPlus.</summary>
    public const string WrongVersion = "wrong_version";

    /// <summary>The model runs code, reaches other programs or leaves its folder.</summary>
    public const string UnsafeObject = "unsafe_object";

    /// <summary>The model has EPMacro lines, and running them was not asked for.</summary>
    public const string Macros = "macros";

    /// <summary>ExpandObjects or another program that must see the model first is missing, failed, or took too long.</summary>
    public const string Preprocessor = "preprocessor";

    /// <summary>The file is no EnergyPlus model.</summary>
    public const string NotAModel = "not_a_model";

    /// <summary>The key of the dropped model is no path, or so long that its results would have none.</summary>
    public const string BadKey = "bad_key";

    /// <summary>The dropped <c>.zip</c> is damaged, unsafe, or does not hold one model.</summary>
    public const string BadBundle = "bad_bundle";

    /// <summary>The job file is not valid.</summary>
    public const string BadJobFile = "bad_job_file";

    /// <summary>The model has objects of the group Parametric, which make it a study by itself.</summary>
    public const string IsStudy = "is_study";

    /// <summary>A row of a study cannot be made of its base.</summary>
    public const string BadRow = "bad_row";

    /// <summary>The base or the weather of a study's row is not what it was when the study was planned.</summary>
    public const string InputsChanged = "inputs_changed";

    /// <summary>EnergyPlus ended with a fatal error.</summary>
    public const string Fatal = "fatal";

    /// <summary>The invocation's deadline came first.</summary>
    public const string Deadline = "deadline";

    /// <summary>The job file's own time limit came first.</summary>
    public const string Timeout = "timeout";

    /// <summary>EnergyPlus was refused memory, or the system killed it, which it does when memory runs out.</summary>
    public const string OutOfMemory = "out_of_memory";

    /// <summary>EnergyPlus was stopped because it had written more, or more files, than a run may, or the disk was full.</summary>
    public const string TooMuchOutput = "too_much_output";

    /// <summary>EnergyPlus was stopped because it and what it had started were too many processes.</summary>
    public const string TooManyProcesses = "too_many_processes";

    /// <summary>Another signal ended EnergyPlus.</summary>
    public const string Signal = "signal";

    /// <summary>EnergyPlus ended without a result and without a reason.</summary>
    public const string NoResult = "no_result";

    /// <summary>The input is larger than the function takes.</summary>
    public const string TooLarge = "too_large";

    /// <summary>Every attempt failed, none was made in time, or the results may not be written; nobody tries again.</summary>
    public const string GaveUp = "gave_up";
}
