"""Writes cleaned.json: what the reference makes of many texts.

    python3 -m venv v && v/bin/pip install ftfy==6.3.1 && v/bin/python clean_corpus.py > cleaned.json
"""
import html, html.entities, json, random, re
import ftfy

def clean(text):                       # WanPipeline: prompt_clean = basic_clean, whitespace_clean
    text = html.unescape(html.unescape(ftfy.fix_text(text))).strip()
    return re.sub(r"\s+", " ", text).strip()

texts = [
    "", " ", "a red ball", "“你好”！Ａ１　x。（测试）—…", "P&EACUTE;REZ &SZLIG; &LTCC; &GT; &COPY;", "fish &amp;amp; chips &amp;amp;amp;amp; x",
    "this&not that", "&notit; &ampere &copy2026", "<b>&eacute;</b>", "&eacute;\n<b>\n&eacute;\n&EACUTE;", "&EACUTE;\n<\n&EACUTE;",
    "\x1b[36;44mblue\x1b[0m \x1b[1", "a\r\nb\rc\u2028d\u2029e\x85f", "\ufeffbom\u200b\u200d\u2060", "e\u0301 A\u030a \u1100\u1161", "\ud800 \udc00 \ud83d\ude00 x\udfff",
    "&#x80; &#150; &#xD800; &#0; &#1114112; &#99999999999999999999; &#65 &#x41g &#xfdd0; &#11; &#31; &#13;", "&#128512; &#x1F600", "ŉ ﬁﬂ Ǆ ĳ", "ｶﾞ ﾊﾟ ￥ ￦ ﾡ ￣ ｡",
    "\x00\x01\x0b\x0c\x1c\x1f\x7f|\u206a\ufff9\ufffc", "\u00a0a\u00a0\u3000b\u1680\u180e", "&nbsp;x&nbsp;", "&lt;script&gt;", "&amp;lt;b&amp;gt;", "&amp;#x27;", "it’s ‚ok‛ ʼn „x‟ «y»",
    "&fjlig; &NotEqualTilde; &nvlt; &acE; &ThickSpace;x", "&;&&#;&#x;&", "& amp; &amp", "&Amp; &AMP; &aMp;", "\U0001d173 \U000e0067", "İstanbul ǅ ß", "１２３４－５６",
]
for name in html.entities.html5:       # every named reference there is, and as capitals
    texts.append("a&" + name + "b")
    if name == name.lower():
        texts.append("&" + name.upper())
random.seed(20260101)
parts = ["a", "Z", " ", "\t", "\n", "\r", "\r\n", "&amp;", "&lt", "&#x", "41;", ";", "&", "#", "<", ">", "&eacute;", "&NTILDE;", "“", "’", "！", "ﾞ", "ｶ", "　", "\u00a0", "\x85", "\x9b", "\x1b[", "31m", "\x0b", "ﬁ", "e", "\u0301",
         "你", "😀", "\ud83d", "\ude00", "&amp;amp;", "…", "&#150;", "&notin", "\ufeff", "\u2028", "가", "\u1100", "\u1161", "&Tab;", "&NewLine;", "&quot", "x", "1"]
texts += ["".join(random.choices(parts, k=random.randint(1, 12))) for _ in range(3000)]

config = ftfy.TextFixerConfig(fix_encoding=False)
kept = [t for t in texts if ftfy.fix_text(t) == ftfy.fix_text(t, config)]     # what needs no guess at a character set
print("[" + ",\n".join(json.dumps([t, clean(t)]) for t in dict.fromkeys(kept)) + "]")
