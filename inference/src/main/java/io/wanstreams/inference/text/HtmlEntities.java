package io.wanstreams.inference.text;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * HTML character references, decoded twice over: as Python's {@code html.unescape} does it (HTML 5 rules, names of old
 * without semicolon included), and as ftfy does it (only what ends in a semicolon, and some names in capitals).
 */
final class HtmlEntities {

    private static final Pattern ANY = Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)");
    private static final Pattern WITH_SEMICOLON = Pattern.compile("&#?[0-9A-Za-z]{1,24};");

    /** What the bytes 80–9F mean in windows-1252; the five holes stay as they are. */
    static final String WINDOWS_1252 =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                    + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private HtmlEntities() {}

    /** Decodes every reference that a browser would decode. */
    static String unescape(String text) {
        return text.indexOf('&') < 0 ? text : ANY.matcher(text).replaceAll(m -> Matcher.quoteReplacement(decode(m)));
    }

    /** Decodes only the references that can hardly be anything else. */
    static String unescapeUnambiguous(String text) {
        return text.indexOf('&') < 0
                ? text
                : WITH_SEMICOLON.matcher(text).replaceAll(m -> Matcher.quoteReplacement(unambiguous(m.group())));
    }

    private static String decode(MatchResult match) {
        String reference = match.group(1);
        return reference.charAt(0) == '#' ? number(reference) : name(reference);
    }

    private static String number(String reference) {
        int end = reference.endsWith(";") ? reference.length() - 1 : reference.length();
        boolean hex = reference.charAt(1) == 'x' || reference.charAt(1) == 'X';
        long value = 0;
        for (int i = hex ? 2 : 1; i < end && value <= Character.MAX_CODE_POINT; i++) {
            value = value * (hex ? 16 : 10) + Character.digit(reference.charAt(i), 16);
        }
        return codePoint(value);
    }

    private static String codePoint(long value) {
        if (value == 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
            return "\uFFFD";
        }
        if (value >= 0x80 && value <= 0x9F) {
            return WINDOWS_1252.substring((int) value - 0x80, (int) value - 0x7F);
        }
        return isForbidden(value) ? "" : Character.toString((int) value);
    }

    /** Controls other than tab, line feed, form feed and carriage return, and Unicode's noncharacters. */
    private static boolean isForbidden(long value) {
        return (value < 0x20 && value != 0x09 && value != 0x0A && value != 0x0C && value != 0x0D)
                || value == 0x7F
                || (value >= 0xFDD0 && value <= 0xFDEF)
                || (value & 0xFFFE) == 0xFFFE;
    }

    /** A whole name, or else the longest old name that it begins with. */
    private static String name(String reference) {
        String whole =
                reference.endsWith(";") ? meaning(reference.substring(0, reference.length() - 1)) : old(reference);
        if (whole != null) {
            return whole;
        }
        for (int end = reference.length() - 1; end > 1; end--) {
            String prefix = old(reference.substring(0, end));
            if (prefix != null) {
                return prefix + reference.substring(end);
            }
        }
        return "&" + reference;
    }

    private static String unambiguous(String reference) {
        String name = reference.substring(1, reference.length() - 1);
        String meaning = meaning(name);
        if (meaning != null) {
            return meaning;
        }
        if (name.startsWith("#")) {
            String decoded = unescape(reference);
            return decoded.indexOf(';') < 0 ? decoded : reference;
        }
        return capitals(reference, name);
    }

    /** EACUTE as a name means É: capitals of an all-lower-case name, unless a browser reads them otherwise. */
    private static String capitals(String reference, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String meaning = meaning(lower);
        boolean fits = meaning != null
                && lower.toUpperCase(Locale.ROOT).equals(name)
                && unescape(reference).equals(reference);
        return fits && meaning != null ? meaning.toUpperCase(Locale.ROOT) : reference;
    }

    private static @Nullable String meaning(String name) {
        String meaning = Entities.getByName(name);
        return meaning.isEmpty() ? null : meaning;
    }

    private static @Nullable String old(String name) {
        return Entities.isBaseNamedEntity(name) ? meaning(name) : null;
    }
}
