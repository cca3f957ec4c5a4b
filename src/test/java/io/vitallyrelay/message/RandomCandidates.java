package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.JSON;
import static io.vitallyrelay.message.Candidates.candidate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Candidates of all types, drawn at random, right ones and wrong ones. */
final class RandomCandidates {
    private static final List<String> IDS = List.of("'u1'", "' a '", "'00'", "'é€😀'", "'a\\nb'", "'1.5'");
    private static final List<String> RAW_IDS = List.of(
            "'u1'",
            "17",
            "1.0",
            "1e6",
            "1.5",
            "null",
            "''",
            "' '",
            "'\\u200b'",
            "true",
            "'undefined'",
            "0",
            "-1",
            "'n1l'");
    private static final List<String> TIMESTAMPS = List.of(
            "'2018-05-15T12:31:12.123Z'",
            "'2020-02-29T23:59:59.999Z'",
            "'2027-12-31T00:00:00.000Z'",
            "'1971-01-01T00:00:00.000Z'",
            "'1970-01-01T00:00:00.000Z'",
            "'9999-12-31T23:59:59.999Z'");
    private static final List<String> RAW_TIMESTAMPS = List.of(
            "'2018-05-15'",
            "'2018-05-15 12:31:12+02'",
            "'2018-05-15 12:31:12 UTC'",
            "'2018-05-15 12:31:12.123456 -0400'",
            "'2018-05-15t12:31:12z'",
            "'1970-01-01T00:00:00Z'",
            "'9999-12-31T00:00:00.000Z'",
            "1526387472",
            "1526387472.5",
            "'1526387472123'",
            "null",
            "''",
            "'x'");
    private static final List<String> UUIDS =
            List.of("'0f8fad5b-d9cb-469f-a165-70867728950e'", "'0F8FAD5B-D9CB-469F-A165-70867728950E'");
    private static final List<String> CONTENTS = List.of(
            "{}",
            "{'a':1}",
            "{'name':'x','n':null}",
            "{'name':'','n':1}",
            "{'name':' \\u00a0','n':[{'m':null}]}",
            "{'a':{'b':[1,null,{'c':null}]}}",
            "{'d':1.50,'e':1e30,'f':false}");

    /** What no field may hold in a message that is posted, and what the contract has no way to put right. */
    private static final List<String> WRONG = List.of("true", "[]", "['u1']", "'a\\u0000'", "1.5");

    /** Wrong where something has to stand; elsewhere as good as none, which the schema does not know. */
    private static final List<String> BLANK = List.of("''", "' '", "'\\u00a0\\t'", "'\\u200b\\ufeff'");

    private static final List<String> WRONG_TEXTS = List.of("{}", "[null]");
    private static final List<String> WRONG_TIMESTAMPS = List.of(
            "'next tuesday'",
            "'2018-13-01T00:00:00.000Z'",
            "'2019-02-29T00:00:00.000Z'",
            "'2018-04-31T00:00:00.000Z'",
            "'2018-05-15T24:00:00.000Z'",
            "'2016-12-31T23:59:60.000Z'",
            "'1969-12-31T23:59:59.999Z'",
            "'2018-05-15T12:31:12.123Z\\n'",
            "'0000-00-00T00:00:00.000Z'");
    private static final List<String> WRONG_UUIDS = List.of(
            "'x'",
            "'0f8fad5bd9cb469fa16570867728950e'",
            "'0f8fad5b-d9cb-469f-a165-70867728950e\\n'",
            "'0g8fad5b-d9cb-469f-a165-70867728950e'",
            "'{0f8fad5b-d9cb-469f-a165-70867728950e}'");
    private static final List<String> WRONG_CONTENTS = List.of(
            "'x'",
            "{'a':'\\u0000'}",
            "{'a\\u0000':1}",
            "{'a':[{'b':'\\u0000'}]}",
            "{'a':[[{'\\u0000':1}]]}",
            "{'a':1" + "0".repeat(309) + "}",
            "{'a':[-1" + "0".repeat(400) + "]}");

    private final Random random;

    RandomCandidates(Random random) {
        this.random = random;
    }

    /** As a mapping may yield it: fields may be missing, ids be numbers, dates be anything. */
    ObjectNode raw() {
        MessageType type = one(MessageType.KNOWN);
        ObjectNode candidate = JSON.createObjectNode().put("type", type.wireName());
        for (Field field : Field.values()) {
            if (field == Field.TYPE || !type.shape.has(field) || random.nextInt(10) == 0) {
                continue;
            }
            boolean usual = random.nextInt(8) > 0;
            if (field == Field.TIMESTAMP && !usual) {
                candidate.set(field.wireName, json(RAW_TIMESTAMPS));
            } else if (field.kind == Field.Kind.ID && !usual) {
                candidate.set(field.wireName, json(RAW_IDS));
            } else {
                candidate.set(field.wireName, json(right(field)));
            }
        }
        return candidate;
    }

    /** As it is posted, or, in two of three cases, with one thing or two wrong with it. */
    ObjectNode canonicalOrBroken() {
        MessageType type = one(MessageType.KNOWN);
        ObjectNode candidate = JSON.createObjectNode().put("type", type.wireName());
        for (Field field : Field.values()) {
            boolean optional = type.shape.optional().contains(field);
            if (field != Field.TYPE && type.shape.has(field) && !(optional && random.nextBoolean())) {
                candidate.set(field.wireName, json(right(field)));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            breakOneThing(candidate, type);
        }
        return candidate;
    }

    private void breakOneThing(ObjectNode candidate, MessageType type) {
        Field field = one(List.of(Field.values()));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                boolean stamped = field == Field.MESSAGE_ID || field == Field.TIMESTAMP;
                if (!stamped && !type.shape.filled().contains(field)) { // these the contract adds
                    candidate.remove(field.wireName);
                }
            }
            case 2, 3 -> candidate.set(field.wireName, json(wrong(field, type)));
            case 4 -> candidate.put("type", one(List.of("user", "track", "unlink", "account", "User", "", "people")));
            default -> candidate.set(one(List.of("acountId", "UserId", "x", "")), json(CONTENTS));
        }
        MessageType.ofWireName(candidate.path("type").asText()).ifPresent(now -> {
            // blank where another type needs something: here as good as none
            for (Field given : Field.values()) {
                JsonNode value = candidate.path(given.wireName);
                if (value.isTextual()
                        && Ids.isBlank(value.textValue())
                        && !now.shape.required().contains(given)) {
                    candidate.remove(given.wireName);
                }
            }
            // a type that the other has no content for would be filled in, which is not a refusal
            for (Field filled : now.shape.filled()) {
                if (!candidate.has(filled.wireName)) {
                    candidate.putObject(filled.wireName);
                }
            }
        });
    }

    private static List<String> right(Field field) {
        return switch (field) {
            case TYPE -> throw new IllegalArgumentException("is drawn first");
            case TIMESTAMP -> TIMESTAMPS;
            case CUSTOM_OBJECT_ID -> UUIDS;
            case TRAITS, PROPERTIES -> CONTENTS;
            default -> IDS;
        };
    }

    private static List<String> wrong(Field field, MessageType type) {
        List<String> wrong = new ArrayList<>(WRONG);
        if (type.shape.required().contains(field)) {
            wrong.addAll(BLANK);
        }
        wrong.addAll(
                switch (field) {
                    case TIMESTAMP -> WRONG_TIMESTAMPS;
                    case CUSTOM_OBJECT_ID -> WRONG_UUIDS;
                    case TRAITS, PROPERTIES -> WRONG_CONTENTS;
                    default -> WRONG_TEXTS;
                });
        return wrong;
    }

    private JsonNode json(List<String> spellings) {
        return candidate(one(spellings));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
