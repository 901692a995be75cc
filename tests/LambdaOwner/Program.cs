using IdfKit.LocalCloud;

// A program that owns a function and takes care of no signal. Arguments: the function, the event that it works on.
await using var lambda = await LocalLambda.StartAsync(new LocalLambdaOptions { BootstrapPath = args[0], Log = Console.WriteLine });
lambda.Enqueue(args[1]);
await Task.Delay(Timeout.Infinite);
