System.Console.WriteLine("idfkit");
