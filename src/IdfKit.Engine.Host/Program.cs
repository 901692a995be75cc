System.Console.WriteLine("idfkit-engine");
