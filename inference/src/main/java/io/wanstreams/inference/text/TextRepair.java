package io.wanstreams.inference.text;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The part of {@code ftfy.fix_text} (6.3.1, default options) that does not guess character sets. Works line by line,
 * each until nothing changes any more.
 */
final class TextRepair {

    private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\u001B\\[[\\p{Nd};]*[a-zA-Z]");

    private static final Map<Character, String> LIGATURES = Map.ofEntries(
            Map.entry('\u0132', "IJ"),
            Map.entry('\u0133', "ij"),
            Map.entry('\u0149', "\u02BCn"),
            Map.entry('\u01F1', "DZ"),
            Map.entry('\u01F2', "Dz"),
            Map.entry('\u01F3', "dz"),
            Map.entry('\u01C4', "D\u017D"),
            Map.entry('\u01C5', "D\u017E"),
            Map.entry('\u01C6', "d\u017E"),
            Map.entry('\u01C7', "LJ"),
            Map.entry('\u01C8', "Lj"),
            Map.entry('\u01C9', "lj"),
            Map.entry('\u01CA', "NJ"),
            Map.entry('\u01CB', "Nj"),
            Map.entry('\u01CC', "nj"),
            Map.entry('\uFB00', "ff"),
            Map.entry('\uFB01', "fi"),
            Map.entry('\uFB02', "fl"),
            Map.entry('\uFB03', "ffi"),
            Map.entry('\uFB04', "ffl"),
            Map.entry('\uFB05', "\u017Ft"),
            Map.entry('\uFB06', "st"));

    private TextRepair() {}

    static String repair(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean unescape = true;
        for (int start = 0; start < text.length(); ) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            String line = text.substring(start, end);
            // A '<' says that this is real HTML; ftfy then leaves references alone to the end of the text.
            unescape = unescape && line.indexOf('<') < 0;
            out.append(repairLine(line, unescape));
            start = end;
        }
        return out.toString();
    }

    private static String repairLine(String line, boolean unescape) {
        String before;
        String text = line;
        do {
            before = text;
            text = unescape ? HtmlEntities.unescapeUnambiguous(text) : text;
            text = replaceCharacters(text);
            text = TERMINAL_ESCAPE.matcher(text).replaceAll("");
            text = removeControls(text);
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        } while (!text.equals(before));
        return text;
    }

    private static String replaceCharacters(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i += appendSurrogate(text, i, out);
            } else if (c == '\r') {
                boolean pair = i + 1 < text.length() && text.charAt(i + 1) == '\n';
                out.append(pair ? "" : "\n");
            } else {
                out.append(replacement(c));
            }
        }
        return out.toString();
    }

    /** Keeps a pair, replaces a lone half; answers how many characters to skip. */
    private static int appendSurrogate(String text, int i, StringBuilder out) {
        int codePoint = text.codePointAt(i);
        boolean lone = codePoint <= Character.MAX_VALUE;
        out.appendCodePoint(lone ? 0xFFFD : codePoint);
        return lone ? 0 : 1;
    }

    /** Controls as windows-1252 had them, ligatures, widths, quotes and line breaks: ftfy's fixers in their order. */
    private static String replacement(char c) {
        char control = c >= 0x80 && c <= 0x9F ? HtmlEntities.WINDOWS_1252.charAt(c - 0x80) : c;
        String apart = LIGATURES.getOrDefault(control, String.valueOf(control));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < apart.length(); i++) {
            out.append(straight(standardWidth(apart.charAt(i))));
        }
        return out.toString();
    }

    private static String standardWidth(char c) {
        if (c == '\u3000') {
            return " ";
        }
        String same = String.valueOf(c);
        return c > 0xFF00 && c < 0xFFF0 ? Normalizer.normalize(same, Normalizer.Form.NFKC) : same;
    }

    private static String straight(String text) {
        return switch (text) {
            case "\u02BC", "\u2018", "\u2019", "\u201A", "\u201B" -> "'";
            case "\u201C", "\u201D", "\u201E", "\u201F" -> "\"";
            case "\u2028", "\u2029", "\u0085" -> "\n";
            default -> text;
        };
    }

    private static String removeControls(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isControl(text.charAt(i))) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean isControl(char c) {
        return c <= 0x08
                || c == 0x0B
                || (c >= 0x0E && c < 0x20)
                || c == 0x7F
                || (c >= 0x206A && c <= 0x206F)
                || c == 0xFEFF
                || (c >= 0xFFF9 && c <= 0xFFFC);
    }
}
