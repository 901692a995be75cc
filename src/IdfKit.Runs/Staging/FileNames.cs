using System.Text;

namespace IdfKit.Runs.Staging;

/// <summary>
/// Names of files as people tell them apart: an accent that is a character of its own (as macOS writes it) is put onto its
/// letter, and capitals do not matter. Our programs are built without the data of ICU, where .NET's own normalization leaves
/// every text as it is; the letters here are those of Latin, Greek, Cyrillic and Japanese script with one accent or two, and
/// Korean syllables.
/// </summary>
internal static class FileNames
{
    // Unicode 14, canonical compositions: the mark, letters, and the same letters with the mark.
    private static readonly (char Mark, string Letters, string Composed)[] Marks =
    [
        ('\u0300', "AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯư",
            "ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừ"),
        ('\u0300', "Yy", "Ỳỳ"),
        ('\u0301', "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø¨Α",
            "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿ΅Ά"),
        ('\u0301', "ΕΗΙΟΥΩϊα", "ΈΉΊΌΎΏΐά"),
        ('\u0301', "εηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂă",
            "έήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắ"),
        ('\u0301', "ÊêÔôƠơƯư", "ẾếỐốỚớỨứ"),
        ('\u0302', "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ",
            "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ"),
        ('\u0303', "ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy",
            "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ"),
        ('\u0304', "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷ",
            "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹ"),
        ('\u0304', "Ṛṛ", "Ṝṝ"),
        ('\u0306', "AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạ", "ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặ"),
        ('\u0307', "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢ",
            "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨ"),
        ('\u0307', "ṣTtWwXxY", "ṩṪṫẆẇẊẋẎ"),
        ('\u0307', "yſ", "ẏẛ"),
        ('\u0308', "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭ",
            "ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬ"),
        ('\u0308', "эУуЧчЫыH", "ӭӰӱӴӵӸӹḦ"),
        ('\u0308', "hÕõŪūWwXxt", "ḧṎṏṺṻẄẅẌẍẗ"),
        ('\u0309', "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy", "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ"),
        ('\u030a', "AaUuwy", "ÅåŮůẘẙ"),
        ('\u030b', "OoUuУу", "ŐőŰűӲӳ"),
        ('\u030c', "CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjH", "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞ"),
        ('\u030c', "h", "ȟ"),
        ('\u030f', "AaEeIiOoRrUuѴѵ", "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ"),
        ('\u0311', "AaEeIiOoRrUu", "ȂȃȆȇȊȋȎȏȒȓȖȗ"),
        ('\u031b', "OoUu", "ƠơƯư"),
        ('\u0323', "BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơ",
            "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợ"),
        ('\u0323', "UuƯưYy", "ỤụỰựỴỵ"),
        ('\u0324', "Uu", "Ṳṳ"),
        ('\u0325', "Aa", "Ḁḁ"),
        ('\u0326', "SsTt", "ȘșȚț"),
        ('\u0327', "CcGgKkLlNnRrSsTtEeDdHh", "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ"),
        ('\u0328', "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ"),
        ('\u032d', "DdEeLlNnTtUu", "ḒḓḘḙḼḽṊṋṰṱṶṷ"),
        ('\u032e', "Hh", "Ḫḫ"),
        ('\u0330', "EeIiUu", "ḚḛḬḭṴṵ"),
        ('\u0331', "BbDdKkLlNnRrTtZzh", "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ"),
        ('\u3099', "かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテ",
            "がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデ"),
        ('\u3099', "トハヒフヘホウワ", "ドバビブベボヴヷ"),
        ('\u3099', "ヰヱヲヽ", "ヸヹヺヾ"),
        ('\u309a', "はひふへほハヒフヘホ", "ぱぴぷぺぽパピプペポ"),
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> Composed = ComposedLetters();

    /// <summary>Whether two names or paths differ at most in capitals and in the form of their accents.</summary>
    public static bool AreAlike(string left, string right) =>
        string.Equals(Compose(left), Compose(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>Equal for all names that are alike.</summary>
    public static string Fold(string name) => Compose(name).ToUpperInvariant();

    /// <summary>The name with each accent on its letter.</summary>
    public static string Compose(string name)
    {
        if (!name.AsSpan().ContainsAnyInRange('\u0300', '\uffff')) return name;
        var composed = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (composed.Length > 0 && TryCompose(composed[^1], character, out var whole)) composed[^1] = whole;
            else composed.Append(character);
        }
        return composed.ToString();
    }

    private static bool TryCompose(char letter, char mark, out char whole) =>
        Composed.TryGetValue((letter, mark), out whole) || TryComposeSyllable(letter, mark, out whole);

    // The Unicode Standard, section 3.12: a lead and a vowel, or such a syllable and a tail.
    private static bool TryComposeSyllable(char first, char second, out char whole)
    {
        const int Vowels = 21, Tails = 28;
        whole = default;
        if (first is >= '\u1100' and <= '\u1112' && second is >= '\u1161' and <= '\u1175')
            whole = (char)('\uac00' + ((first - '\u1100') * Vowels + (second - '\u1161')) * Tails);
        else if (first is >= '\uac00' and <= '\ud7a3' && (first - '\uac00') % Tails == 0 && second is > '\u11a7' and <= '\u11c2')
            whole = (char)(first + (second - '\u11a7'));
        return whole != default;
    }

    private static Dictionary<(char Letter, char Mark), char> ComposedLetters()
    {
        var letters = new Dictionary<(char Letter, char Mark), char>();
        foreach (var (mark, plain, composed) in Marks)
            for (var at = 0; at < plain.Length; at++) letters[(plain[at], mark)] = composed[at];
        return letters;
    }
}
