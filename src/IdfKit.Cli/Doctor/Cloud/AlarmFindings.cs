using IdfKit.Cli.Aws;
using System.Xml.Linq;

namespace IdfKit.Cli.Doctor.Cloud;

/// <summary>The stack's alarms.</summary>
internal static class AlarmFindings
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(AwsClient aws, StackView stack, CancellationToken cancellationToken)
    {
        var names = stack.ResourcesThatEndWith("Alarm").ToList();
        IEnumerable<(string, string)> asked = names.Count > 0
            ? names.Select((name, index) => ($"AlarmNames.member.{index + 1}", name))
            : [("AlarmNamePrefix", stack.Name + "-")];
        var answer = await aws.FormAsync(AwsService.CloudWatch, "DescribeAlarms", asked, cancellationToken);
        if (!answer.IsSuccess) return [Seen.Not("the alarms", answer, "cloudwatch:DescribeAlarms")];
        var alarms = answer.Xml.Descendants("MetricAlarms").Elements("member").ToList();
        if (alarms.Count == 0) return [Finding.Note("the stack has no alarms")];
        var ringing = alarms.Where(alarm => alarm.Element("StateValue")?.Value == "ALARM").ToList();
        if (ringing.Count == 0) return [Finding.Good($"none of {alarms.Count} alarms rings")];
        return [.. ringing.Select(alarm => Finding.Problem(
            $"the alarm {alarm.Element("AlarmName")?.Value} rings: {alarm.Element("AlarmDescription")?.Value}"))];
    }
}
