package io.vitallyrelay.source.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.OnigUtils;
import net.thisptr.jackson.jq.internal.misc.Preconditions;
import net.thisptr.jackson.jq.internal.misc.UnicodeUtils;
import net.thisptr.jackson.jq.path.Path;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Region;

/**
 * The regular expressions of jq ({@code test}, {@code match}, {@code sub} and all that is made of them), which end with the time
 * of their mapping. Those of jackson-jq do not: a pattern such as {@code ^(a+)+$} takes years for a text of 40 characters,
 * and {@code gsub("a*"; "")} never ends.
 */
final class BoundedRegex {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MATCH = "_match_impl";
    private static final String SUB = "_sub_impl";
    private static final int ARGUMENTS = 3;

    private final MappingLimits limits;

    BoundedRegex(MappingLimits limits) {
        this.limits = limits;
    }

    void addTo(Scope root) {
        root.addFunction(MATCH, ARGUMENTS, this::match);
        root.addFunction(SUB, ARGUMENTS, this::sub);
    }

    /** {@code _match_impl(regex; flags; test)}: whether the text matches, or what matches in it. */
    private void match(Scope scope, List<Expression> args, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        Preconditions.checkInputType("_match_impl/3", in, JsonNodeType.STRING);
        byte[] text = in.textValue().getBytes(UTF_8);
        args.get(2).apply(scope, in, test -> {
            Preconditions.checkArgumentType("_match_impl/3", 3, test, JsonNodeType.BOOLEAN);
            args.get(1).apply(scope, in, flags -> {
                Preconditions.checkArgumentType("_match_impl/3", 2, flags, JsonNodeType.STRING, JsonNodeType.NULL);
                args.get(0).apply(scope, in, regex -> {
                    Preconditions.checkArgumentType("_match_impl/3", 1, regex, JsonNodeType.STRING);
                    OnigUtils.Pattern pattern =
                            new OnigUtils.Pattern(regex.textValue(), flags.isNull() ? null : flags.textValue());
                    output.emit(test.booleanValue() ? matches(pattern, text) : found(pattern, text), null);
                });
            });
        });
    }

    private BooleanNode matches(OnigUtils.Pattern pattern, byte[] text) {
        return BooleanNode.valueOf(search(pattern.regex.matcher(text), 0, text.length));
    }

    private ArrayNode found(OnigUtils.Pattern pattern, byte[] text) {
        int[] characters = UnicodeUtils.UTF8CharIndex(text);
        ArrayNode found = JSON.arrayNode();
        Matcher matcher = pattern.regex.matcher(text);
        int from = 0;
        while (search(matcher, from, text.length)) {
            ObjectNode one = place(text, characters, matcher.getBegin(), matcher.getEnd());
            one.set("captures", captures(pattern, matcher, text, characters));
            found.add(one);
            from = behind(matcher, text);
            if (!pattern.global || from >= text.length) {
                break;
            }
        }
        return found;
    }

    /** Where nothing was matched there are none. */
    private static ArrayNode captures(OnigUtils.Pattern pattern, Matcher matcher, byte[] text, int[] characters) {
        ArrayNode captures = JSON.arrayNode();
        Region region = matcher.getRegion();
        if (region == null || matcher.getBegin() == matcher.getEnd()) {
            return captures;
        }
        for (int group = 1; group < region.getNumRegs(); group++) {
            ObjectNode capture = place(text, characters, region.getBeg(group), region.getEnd(group));
            capture.put("name", pattern.names[group]);
            captures.add(capture);
        }
        return captures;
    }

    private static ObjectNode place(byte[] text, int[] characters, int begin, int end) {
        ObjectNode place = JSON.objectNode();
        if (begin < 0) {
            return place.put("offset", -1).put("length", 0).putNull("string");
        }
        return place.put("offset", characters[begin])
                .put("length", characters[end] - characters[begin])
                .put("string", new String(text, begin, end - begin, UTF_8));
    }

    /** {@code _sub_impl(regex; replacement; flags)}: the text with what matches replaced. */
    private void sub(Scope scope, List<Expression> args, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        Preconditions.checkInputType("_sub_impl/3", in, JsonNodeType.STRING);
        byte[] text = in.textValue().getBytes(UTF_8);
        args.get(0).apply(scope, in, regex -> {
            Preconditions.checkArgumentType("_sub_impl/3", 1, regex, JsonNodeType.STRING);
            args.get(2).apply(scope, in, flags -> {
                Preconditions.checkArgumentType("_sub_impl/3", 3, flags, JsonNodeType.STRING);
                OnigUtils.Pattern pattern = new OnigUtils.Pattern(regex.textValue(), flags.textValue());
                replace(scope, pattern, text, args.get(1), output);
            });
        });
    }

    private void replace(Scope scope, OnigUtils.Pattern pattern, byte[] text, Expression by, PathOutput output)
            throws JsonQueryException {
        List<String> kept = new ArrayList<>();
        List<List<String>> replacements = new ArrayList<>();
        Matcher matcher = pattern.regex.matcher(text);
        int from = 0;
        int copied = 0;
        while (from <= text.length && search(matcher, from, text.length)) {
            kept.add(new String(text, copied, matcher.getBegin() - copied, UTF_8));
            replacements.add(replacements(scope, by, named(pattern, matcher, text)));
            copied = matcher.getEnd();
            from = behind(matcher, text);
            if (!pattern.global || copied >= text.length) {
                break;
            }
        }
        kept.add(new String(text, copied, text.length - copied, UTF_8));
        emit(kept, replacements, output);
    }

    private static List<String> replacements(Scope scope, Expression by, JsonNode captures) throws JsonQueryException {
        List<String> replacements = new ArrayList<>(1);
        by.apply(scope, captures, replacement -> replacements.add(replacement.asText()));
        return replacements;
    }

    private static ObjectNode named(OnigUtils.Pattern pattern, Matcher matcher, byte[] text) {
        ObjectNode named = JSON.objectNode();
        Region region = matcher.getRegion();
        for (int group = 1; region != null && group < region.getNumRegs(); group++) {
            if (pattern.names[group] == null) {
                continue;
            }
            int begin = region.getBeg(group);
            named.put(
                    pattern.names[group],
                    begin < 0 ? null : new String(text, begin, region.getEnd(group) - begin, UTF_8));
        }
        return named;
    }

    /** One text for each choice of replacements, of which there is one unless a replacement gives several values. */
    private void emit(List<String> kept, List<List<String>> replacements, PathOutput output) throws JsonQueryException {
        if (replacements.stream().anyMatch(List::isEmpty)) {
            return;
        }
        int[] choice = new int[replacements.size()];
        int place;
        do {
            output.emit(joined(kept, replacements, choice), null);
            place = 0;
            while (place < choice.length
                    && ++choice[place] == replacements.get(place).size()) {
                choice[place++] = 0;
            }
        } while (place < choice.length);
    }

    private TextNode joined(List<String> kept, List<List<String>> replacements, int[] choice) {
        long length = kept.get(choice.length).length();
        for (int i = 0; i < choice.length; i++) {
            length += kept.get(i).length() + replacements.get(i).get(choice[i]).length();
        }
        if (length > MappingLimits.TEXT) {
            throw new MappingLimitException("the mapping makes a text longer than " + MappingLimits.TEXT
                    + " characters of this record, by sub or gsub");
        }
        StringBuilder joined = new StringBuilder((int) length);
        for (int i = 0; i < choice.length; i++) {
            limits.step();
            joined.append(kept.get(i)).append(replacements.get(i).get(choice[i]));
        }
        return TextNode.valueOf(joined.append(kept.get(choice.length)).toString());
    }

    private boolean search(Matcher matcher, int from, int to) {
        limits.step();
        matcher.setTimeout(limits.nanosLeft());
        int at = matcher.search(from, to, Option.NONE);
        if (at == Matcher.INTERRUPTED) {
            throw limits.outOfTime();
        }
        return at >= 0;
    }

    /** Behind a match of nothing the next one begins a character later. */
    private static int behind(Matcher matcher, byte[] text) {
        int end = matcher.getEnd();
        if (end > matcher.getBegin()) {
            return end;
        }
        return end < text.length ? end + UnicodeUtils.UTF8CharLength(text[end]) : end + 1;
    }
}
