return await IdfKit.Function.FunctionProgram.RunAsync(args);
