using System.Numerics;

namespace IdfKit.Storage.Globs;

/// <summary>
/// Walks a text once and keeps every place of the pattern that may be reached so far, so that no pattern takes more time
/// than its length times that of the text.
/// </summary>
internal sealed class GlobMatcher
{
    private const int Bits = 64;

    private readonly GlobStep[] _steps;

    public GlobMatcher(string pattern) => _steps = [.. Read(CodePoints.Of(pattern))];

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var words = _steps.Length / Bits + 1;
        var places = words <= 8 ? stackalloc ulong[2 * words] : new ulong[2 * words];
        var now = places[..words];
        var next = places[words..];
        Reach(now, 0);
        for (var at = 0; at < text.Length;)
        {
            if (!Step(now, next, CodePoints.Next(text, ref at))) return false;
            var swapped = now;
            now = next;
            next = swapped;
            next.Clear();
        }
        return (now[^1] >> (_steps.Length % Bits) & 1) != 0;
    }

    private bool Step(ReadOnlySpan<ulong> now, Span<ulong> next, int character)
    {
        var any = false;
        for (var word = 0; word < now.Length; word++)
        {
            for (var left = now[word]; left != 0; left &= left - 1)
            {
                var place = word * Bits + BitOperations.TrailingZeroCount(left);
                if (place == _steps.Length) continue;
                var step = _steps[place];
                if (step.Kind == StepKind.Folders || !step.Takes(character)) continue;
                any = true;
                if (step.Repeats) Reach(next, place);
                if (!step.Repeats || step.Kind == StepKind.FoldersRest && character == '/') Reach(next, place + 1);
            }
        }
        return any;
    }

    // A place that may take nothing reaches the one behind it at once.
    private void Reach(Span<ulong> places, int place)
    {
        while ((places[place / Bits] >> (place % Bits) & 1) == 0)
        {
            places[place / Bits] |= 1UL << (place % Bits);
            if (place == _steps.Length) return;
            if (_steps[place].Kind == StepKind.Folders) places[++place / Bits] |= 1UL << (place % Bits);
            else if (!_steps[place].IsOptional) return;
            place++;
        }
    }

    private static List<GlobStep> Read(int[] pattern)
    {
        var steps = new List<GlobStep>(pattern.Length + 1);
        var closes = true;  // where one set is not closed, none behind it is
        for (var at = 0; at < pattern.Length;)
        {
            if (pattern[at] == '*')
            {
                ReadStars(pattern, ref at, steps);
            }
            else if (pattern[at] == '[' && closes)
            {
                if (CharacterSet.Read(pattern, ref at) is { } set) steps.Add(new GlobStep(StepKind.Set, Set: set));
                else closes = false;
            }
            else
            {
                var character = pattern[at++];
                steps.Add(new GlobStep(character == '?' ? StepKind.AnyCharacter : StepKind.Character, character));
            }
        }
        return steps;
    }

    private static void ReadStars(int[] pattern, ref int at, List<GlobStep> steps)
    {
        var start = at;
        while (at < pattern.Length && pattern[at] == '*') at++;
        var startsSegment = start == 0 || pattern[start - 1] == '/';
        if (at - start == 1)
        {
            steps.Add(new GlobStep(StepKind.Name));
        }
        else if (startsSegment && at < pattern.Length && pattern[at] == '/')
        {
            at++;
            steps.Add(new GlobStep(StepKind.Folders));
            steps.Add(new GlobStep(StepKind.FoldersRest));
        }
        else
        {
            steps.Add(new GlobStep(StepKind.Anything));
        }
    }
}
