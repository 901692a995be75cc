using StorageBench;

await Self.RunAsync(args[0], args[1..]);
