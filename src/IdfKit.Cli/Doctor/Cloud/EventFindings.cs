using IdfKit.Cli.Aws;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>Whether a model that is dropped into a bucket is announced: once, whole, and to something that is there.</summary>
/// <param name="aws">Who asks.</param>
/// <param name="place">Where models are dropped.</param>
/// <param name="ours">The ARNs of the stack's function and queue; empty without a stack, when every receiver counts.</param>
internal sealed class EventFindings(AwsClient aws, Place place, IReadOnlyList<string> ours)
{
    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var answer = await aws.BucketAsync(HttpMethod.Get, place.Bucket, "", [("notification", "")], cancellationToken);
        if (!answer.IsSuccess)
            return [Seen.Not($"where {place.Bucket} announces new objects", answer, "s3:GetBucketNotification on the "
                + "bucket")];
        var (routes, findings) = (EventRoute.Of(answer.Xml).ToList(), new List<Finding>());
        var toBridge = answer.Xml.Element("EventBridgeConfiguration") is not null;
        var isWhole = true;
        if (toBridge)
        {
            var (rules, said) = await EventRules.FindAsync(aws, place.Bucket, cancellationToken);
            findings.AddRange(said);
            routes.AddRange(rules ?? []);
            isWhole = rules is not null;
        }
        findings.AddRange(About(routes, toBridge, isWhole));
        var targets = routes.Where(route => route.Covers(place.InputPrefix)).Select(route => route.Target).Distinct(StringComparer.Ordinal);
        foreach (var target in targets) findings.Add(await EventTarget.LookAsync(aws, target, cancellationToken));
        return findings;
    }

    private IEnumerable<Finding> About(List<EventRoute> routes, bool toBridge, bool isWhole)
    {
        var covering = routes.Where(route => route.Covers(place.InputPrefix)).ToList();
        if (covering.Count == 0)
        {
            if (isWhole) yield return Finding.Problem(NothingIsTold(routes, toBridge));
            yield break;
        }
        var received = ours.Count == 0 ? covering : covering.FindAll(route => ours.Contains(route.Target));
        foreach (var route in covering.Except(received))
            yield return Finding.Note($"{route.Name} sends new objects below {place.Inputs} to {route.Target} too, which is not of this "
                + "stack");
        foreach (var route in received) yield return AboutOne(route);
        if (received.Count > 1)
            yield return Finding.Warning($"new objects below {place.Inputs} are announced {received.Count} times ({Named(received)}): a "
                + "model is run once all the same, but each event is an invocation; keep one");
        if (received.Count == 0 && isWhole)
            yield return Finding.Problem($"none of the events of {place.Inputs} goes to {string.Join(" or ", ours)}; "
                + "deploy the stack again");
        foreach (var route in received.Where(AlsoTellsOfResults))
            yield return Finding.Warning($"{route.Name} announces results too (prefix '{route.Prefix}'): each is an invocation that "
                + "does nothing; narrow it to "
                + place.InputPrefix);
    }

    private bool AlsoTellsOfResults(EventRoute route) => place.Bucket == place.OutputBucket && route.Covers(place.OutputPrefix);

    private Finding AboutOne(EventRoute route)
    {
        var text = $"{route.Name} sends new objects below {place.Inputs} to {route.Target}";
        if (route.Suffix.Length > 0)
            return Finding.Warning($"{text}, but only those that end with '{route.Suffix}': late weather and other files that a model "
                + "waits for then start nothing; leave the suffix out");
        return route.IsOfAllCreation
            ? Finding.Good(text)
            : Finding.Warning($"{text}, but not all of them ({string.Join(", ", route.Events)}): large files come in parts and copies "
                + "by other events; ask for s3:ObjectCreated:*");
    }

    private string NothingIsTold(List<EventRoute> routes, bool toBridge)
    {
        var part = routes.Find(route => route.CoversPartOf(place.InputPrefix));
        if (part is not null)
            return $"only objects below s3://{place.Bucket}/{part.Prefix} are announced ({part.Name}), and models may lie anywhere "
                + $"below {place.Inputs}";
        return toBridge
            ? $"{place.Bucket} sends its events to EventBridge, but no rule there takes new objects below {place.InputPrefix}, so "
                + $"models start nothing; deploy the stack with ExistingBucket={place.Bucket}"
            : $"nothing is told of new objects below {place.Inputs}, so models start nothing; deploy the stack, and switch the events "
                + "of an existing bucket on with the command in its output SwitchOnEvents";
    }

    private static string Named(IEnumerable<EventRoute> routes) => string.Join(", ", routes.Select(route => $"{route.Name} to "
        + $"{route.Target}"));
}
