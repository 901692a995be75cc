System.Console.WriteLine("bootstrap");
