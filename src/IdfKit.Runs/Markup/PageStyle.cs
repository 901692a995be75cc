using System.Security.Cryptography;
using System.Text;

namespace IdfKit.Runs.Markup;

/// <summary>
/// How our pages look: light and dark, on paper, and on a phone. Colours stand in variables, each with a contrast to its ground that
/// WCAG AA asks for: 4.5 for text, 3 for what is drawn. Pages have no source elsewhere, and no script but one of ours.
/// </summary>
internal static class PageStyle
{
    /// <summary>The whole of it.</summary>
    public const string Css = """
        :root{--bg:#fff;--fg:#1c2430;--mut:#56606e;--line:#d9dee5;--card:#f5f7fa;--link:#2563eb;
        --ok:#15803d;--okbg:#dcfce7;--bad:#b91c1c;--badbg:#fee2e2;--warn:#92400e;--warnbg:#fef3c7;--band:#bbf7d0;
        --c0:#c2410c;--c1:#2563eb;--c2:#a87b00;--c3:#7c3aed;--c4:#64748b;--c5:#0e7490;--c6:#0d9488;--c7:#57534e;--c8:#db2777;--c9:#15803d}
        @media screen and (prefers-color-scheme:dark){
        :root{--bg:#12161c;--fg:#e6eaf0;--mut:#a2adbb;--line:#313a46;--card:#1b222b;--link:#60a5fa;
        --ok:#4ade80;--okbg:#123522;--bad:#f87171;--badbg:#3b1518;--warn:#fbbf24;--warnbg:#3a2a08;--band:#14532d;
        --c0:#fb923c;--c1:#60a5fa;--c2:#facc15;--c3:#a78bfa;--c4:#94a3b8;--c5:#22d3ee;--c6:#2dd4bf;--c7:#a8a29e;--c8:#f472b6;--c9:#4ade80}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:60rem;padding:1.2rem;background:var(--bg);color:var(--fg);font:16px/1.45 system-ui,sans-serif;
        overflow-wrap:anywhere}
        h1{margin:.2rem 0 .6rem;font-size:1.7rem}
        h2{font-size:1.15rem;margin:2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
        a,summary{color:var(--link)}p{margin:.5rem 0}.mut,.note{color:var(--mut)}.note{font-size:.9rem;margin:.35rem 0}
        .state{display:inline-block;font-weight:700;border-radius:1rem;padding:.1rem .8rem;margin-right:.5rem}
        .ok{background:var(--okbg);color:var(--ok)}.warn{background:var(--warnbg);color:var(--warn)}
        .bad{background:var(--badbg);color:var(--bad)}
        .tag{border-radius:.3rem;padding:.05rem .4rem;font-size:.85rem;font-weight:700;white-space:nowrap}
        .box{background:var(--card);border-radius:.6rem;padding:.8rem 1rem;border-left:.3rem solid var(--line)}
        .box.isbad{border-color:var(--bad)}.box p:first-child{margin-top:0}.box>:last-child{margin-bottom:0}
        .kpi{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.7rem;margin:1rem 0}
        .kpi div{background:var(--card);border-radius:.6rem;padding:.7rem .9rem}.kpi dt{color:var(--mut);font-size:.85rem}
        .kpi dd{margin:0;font-size:1.55rem;font-weight:700}.kpi dd.high{color:var(--bad)}
        .kpi small{font-size:.85rem;font-weight:400;color:var(--mut);display:block}
        table{border-collapse:collapse;width:100%;font-size:.93rem}caption{text-align:left;color:var(--mut);font-size:.85rem}
        th{text-align:left;font-weight:400}tbody th{min-width:7.5rem}thead th{color:var(--mut);font-size:.82rem}
        td,th{padding:.22rem .4rem;border-bottom:1px solid var(--line);vertical-align:top}tfoot *{font-weight:700}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:1%}.w{width:46%;vertical-align:middle}
        .scroll{overflow-x:auto;margin:.4rem 0}.scroll .n{width:auto}.scroll th{overflow-wrap:normal}
        svg{display:block;width:100%}.bars{height:230px}.bar,.range{height:1rem}.axis{height:18px}
        svg text{font:12px system-ui,sans-serif;fill:var(--mut)}.grid{stroke:var(--line)}.bars rect{stroke:var(--bg);stroke-width:.7}
        .c0{fill:var(--c0);background:var(--c0)}.c1{fill:var(--c1);background:var(--c1)}.c2{fill:var(--c2);background:var(--c2)}
        .c3{fill:var(--c3);background:var(--c3)}.c4{fill:var(--c4);background:var(--c4)}.c5{fill:var(--c5);background:var(--c5)}
        .c6{fill:var(--c6);background:var(--c6)}.c7{fill:var(--c7);background:var(--c7)}.c8{fill:var(--c8);background:var(--c8)}
        .c9{fill:var(--c9);background:var(--c9)}.band{fill:var(--band);background:var(--band)}
        .whisk{stroke:var(--mut);stroke-width:1;vector-effect:non-scaling-stroke}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;font-size:.88rem;padding:0;list-style:none;margin:.4rem 0}
        .sw{display:inline-block;width:.8rem;height:.8rem;margin-right:.4rem;border-radius:.15rem;print-color-adjust:exact}
        .carpet{display:grid;grid-template-columns:auto 1fr;gap:.2rem .4rem}
        .carpet img{width:100%;height:9rem;image-rendering:pixelated;border-radius:.3rem;min-width:0}
        .hours{display:flex;flex-direction:column;justify-content:space-between;font-size:.75rem;color:var(--mut)}
        .key{display:flex;gap:.5rem;align-items:center;font-size:.85rem;color:var(--mut);margin:.3rem 0}
        .key b{height:.6rem;width:10rem;border-radius:.3rem;print-color-adjust:exact;
        background:linear-gradient(90deg,#0c143a,#36429e,#b43679,#f88750,#fcf4b0)}
        .look{padding-left:1.3rem}.look li{margin:.55rem 0}
        pre{white-space:pre-wrap;background:var(--card);padding:.6rem;border-radius:.4rem;font-size:.8rem;margin:.3rem 0}
        code{background:var(--card);padding:.05rem .3rem;border-radius:.25rem;font-size:.9em}summary{cursor:pointer;font-size:.88rem}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        @media(max-width:34rem){body{padding:.8rem}h1{font-size:1.4rem}.w{width:34%}.kpi dd{font-size:1.3rem}
        .zones tbody th{width:44%}.files th{min-width:8rem}
        .wide{position:absolute;left:0;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
        @media print{details{display:none}h2,.legend{break-after:avoid}tr,li,svg,.carpet,.kpi{break-inside:avoid}}
        """;

    private static readonly string Source = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";

    /// <summary>What a page may do, for its <c>Content-Security-Policy</c>: be styled by this, and show images that it carries.</summary>
    public static string Policy { get; } = PolicyOf(null, null);

    /// <summary>The same of a page with a style and a script of its own.</summary>
    public static string PolicyOf(PageCode? style, PageCode? script)
    {
        var styles = style is null ? Source : $"{Source} {style.Source}";
        var scripts = script is null ? "" : $"script-src {script.Source}; ";
        return $"default-src 'none'; style-src {styles}; {scripts}img-src data:; base-uri 'none'; form-action 'none'";
    }
}
