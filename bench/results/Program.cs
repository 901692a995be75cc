using System.Globalization;

using Results;

switch (args)
{
    case ["task", var task, var path, var rounds]: Tasks.Run(task, path, int.Parse(rounds, CultureInfo.InvariantCulture)); return 0;
    case ["dump", "eso", var path, var into]: Dump.Eso(path, into); return 0;
    case ["dump", "htm", var path, var into]: Dump.Html(path, into); return 0;
    default: Console.Error.WriteLine("usage: results task NAME FILE ROUNDS | dump eso|htm FILE INTO"); return 1;
}
