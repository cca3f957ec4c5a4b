package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;

/**
 * Brings dates into the one form that is sent: UTC with milliseconds, {@code 2018-05-15T12:31:12.123Z}.
 *
 * <p>Accepts dates as {@link DateText} reads them, and epochs as a number or its digits in a string. An epoch of 9 or 10 digits
 * before the point is in
 * seconds, one of 12 or 13 in milliseconds, that is 1973-03-03 to 2286-11-20 for both. Any other count is refused, for
 * it is more likely a packed date such as {@code 20180515}, or microseconds, than a point in time.
 */
final class Timestamps {
    private static final byte[] FORM = "dddd-dd-ddTdd:dd:dd.dddZ".getBytes(ISO_8859_1);
    /** Where the seconds end and the decimals begin. */
    private static final int SECONDS_END = 19;

    private static final int MAX_DECIMALS = 9;
    private static final String RULE = "must be an ISO-8601 date or an epoch";
    private static final int FIRST_YEAR = 1970;
    private static final long LAST_MILLI =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    private static final int MAX_EPOCH_CHARS = 40;

    private Timestamps() {}

    static String canonical(JsonNode node) throws ContractException {
        if (node.isTextual()) {
            String text = node.textValue();
            if (isCanonical(text)) {
                return text;
            }
            String usual = utc(text);
            if (usual != null) {
                return usual;
            }
            return format(isEpoch(text) ? epoch(new BigDecimal(text), node) : date(text, node), node);
        }
        boolean readable = node.isIntegralNumber()
                || node.isBigDecimal()
                || (node.isNumber() && Double.isFinite(node.doubleValue()));
        if (!readable) {
            throw new ContractException("", RULE, node);
        }
        return format(epoch(node.decimalValue(), node), node);
    }

    /** Right already, with a date that exists. */
    static boolean isCanonical(String text) {
        // a character that is not Latin-1 becomes a question mark, which is as wrong
        byte[] bytes = text.length() == FORM.length ? text.getBytes(ISO_8859_1) : new byte[0];
        return isCanonical(bytes, 0, bytes.length);
    }

    /** The same of a piece of text in UTF-8. The usual case, so nothing is allocated. */
    static boolean isCanonical(byte[] text, int from, int to) {
        if (to - from != FORM.length) {
            return false;
        }
        for (int i = 0; i < FORM.length; i++) {
            byte c = text[from + i];
            byte expected = FORM[i];
            if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        int year = number(text, from) * 100 + number(text, from + 2);
        int month = number(text, from + 5);
        int day = number(text, from + 8);
        return year >= FIRST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
                && number(text, from + 11) < 24
                && number(text, from + 14) < 60
                && number(text, from + 17) < 60;
    }

    /**
     * The canonical form of UTC with another number of decimals, as most databases and libraries write it; null for what is
     * not. A formatter took a sixth of the time of a thread that reads a table.
     */
    private static String utc(String text) {
        int end = text.length() - 1;
        int decimals = end - SECONDS_END - 1;
        if (end < SECONDS_END || text.charAt(end) != 'Z' || decimals == 0 || decimals > MAX_DECIMALS) {
            return null;
        }
        for (int i = SECONDS_END + 1; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        String fraction = decimals < 0 ? ".000" : (text.substring(SECONDS_END, end) + "00").substring(0, 4);
        String canonical = text.substring(0, SECONDS_END) + fraction + 'Z';
        return isCanonical(canonical) ? canonical : null;
    }

    /** @param millis since 1970, of a year up to 9999 */
    static String format(long millis) {
        // Instant.toString leaves out the milliseconds of a whole second
        String text = Instant.ofEpochMilli(millis).toString();
        return text.length() == FORM.length ? text : text.substring(0, SECONDS_END) + ".000Z";
    }

    private static String format(long millis, JsonNode node) throws ContractException {
        if (millis < 0 || millis > LAST_MILLI) {
            throw new ContractException("", "must lie in the years 1970 to 9999", node);
        }
        return format(millis);
    }

    private static long date(String text, JsonNode node) throws ContractException {
        try {
            return DateText.epochMilli(text);
        } catch (DateTimeException e) {
            throw new ContractException("", RULE, node);
        }
    }

    private static long epoch(BigDecimal epoch, JsonNode node) throws ContractException {
        long digits = (long) epoch.precision() - epoch.scale();
        boolean seconds = digits == 9 || digits == 10;
        boolean millis = digits == 12 || digits == 13;
        if (epoch.signum() <= 0 || !(seconds || millis)) {
            throw new ContractException(
                    "", "an epoch must have 9 or 10 digits (seconds) or 12 or 13 (milliseconds)", node);
        }
        return epoch.movePointRight(seconds ? 3 : 0)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    /** Digits with at most one point among them. */
    private static boolean isEpoch(String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && i > 0) {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return !text.isEmpty() && points <= 1 && text.length() <= MAX_EPOCH_CHARS;
    }

    private static int number(byte[] text, int at) {
        return (text[at] - '0') * 10 + text[at + 1] - '0';
    }
}
