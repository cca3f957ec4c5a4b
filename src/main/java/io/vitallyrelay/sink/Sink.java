package io.vitallyrelay.sink;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.RecordGroup;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.source.text.Elements;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.NotJsonException;
import io.vitallyrelay.spool.Content;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what records became against the contract and gathers it for the spool: a Vitally message (JSON node, map, text or
 * bytes), an array or list of them, or nothing where the mapping dropped the record. Text and bytes are read by the rule of JSON
 * lines, and each element of an array in them is taken or refused by itself. Thread-safe.
 */
public final class Sink {
    private final Contract contract;

    @SuppressWarnings("ThreadLocalUsage") // it lives as long as the threads of the routes
    private final ThreadLocal<OwnIds> ownIds;

    /** @param notices is told of messages of one record that bring the same messageId */
    public Sink(Contract contract, Notices notices) {
        this.contract = contract;
        this.ownIds = ThreadLocal.withInitial(() -> new OwnIds(notices));
    }

    /** Gathers the body that a record became; nothing where it is null. */
    public void take(Object body, RecordInHand hand, Terms terms) throws ContractException, NotJsonException {
        hand.intake().arrive();
        if (body instanceof JsonNode node) {
            gather(node, hand, terms);
        } else if (body instanceof List<?> list) {
            for (Object one : list) {
                take(one, hand, terms);
            }
        } else if (body instanceof byte[] bytes) {
            gatherText(bytes, hand, terms);
        } else if (body instanceof String text) {
            gatherText(JsonText.utf8(text), hand, terms);
        } else if (body != null) {
            gather(Json.treeOf(body), hand, terms);
        }
    }

    /** Takes rows that are messages already. */
    public void takeRest(RecordGroup rows, Terms terms) throws InterruptedException {
        rows.takeRest(new ReadyMade(terms));
    }

    /** Each element of an array is taken or refused by itself: nothing but the array holds them together. */
    private void gatherText(byte[] json, RecordInHand hand, Terms terms) throws ContractException, NotJsonException {
        if (!Elements.areIn(json)) {
            gather(JsonText.parse(json), hand, terms);
            return;
        }
        Elements elements = new Elements(json);
        while (elements.hasNext()) {
            Elements.Element element = elements.next();
            Content content = Content.raw(element.json(), false);
            try {
                JsonNode node = element.parse();
                content = Content.record(element.json());
                gather(node, hand, terms);
            } catch (NotJsonException | ContractException | RuntimeException e) {
                String position = element.position(hand.origin().position());
                hand.intake().dead(Problem.of(e).dead(position, content));
            }
        }
    }

    private void gather(JsonNode node, RecordInHand hand, Terms terms) throws ContractException {
        if (!node.isArray()) {
            hand.intake().message(admit(node, hand, 0, terms), hand.origin().position());
            return;
        }
        List<Message> messages = new ArrayList<>(node.size());
        admitAll(node, hand, terms, messages);
        for (Message message : messages) { // not before all of them are admitted
            hand.intake().message(message, hand.origin().position());
        }
    }

    private void admitAll(JsonNode array, RecordInHand hand, Terms terms, List<Message> messages)
            throws ContractException {
        for (JsonNode one : array) {
            if (one.isArray()) {
                admitAll(one, hand, terms, messages);
            } else {
                messages.add(admit(one, hand, messages.size(), terms));
            }
        }
    }

    private Message admit(JsonNode node, RecordInHand hand, int before, Terms terms) throws ContractException {
        Stamp stamp = terms.stamp(hand, before);
        Message message = contract.admit(node, stamp);
        ownIds.get().admitted(message, node, stamp);
        return message;
    }

    /**
     * What an endpoint says of its messages.
     *
     * @param type of those that name none, or null
     * @param nulls what becomes of nulls, or null where the contract says
     */
    public record Terms(String type, NullPolicy nulls) {
        Stamp stamp(RecordInHand hand, int before) {
            return new Stamp(type, nulls, hand.origin(), hand.intake().gathered() + before);
        }
    }

    private final class ReadyMade implements RecordGroup.Admission {
        private final Terms terms;

        ReadyMade(Terms terms) {
            this.terms = terms;
        }

        @Override
        public boolean admitText(byte[] json, RecordInHand hand) {
            Stamp stamp = terms.stamp(hand, 0);
            if (OwnIds.isElement(stamp.origin()) && OwnIds.mayHaveOne(json)) {
                return false; // its messageId may stand in another one too, which the tree tells
            }
            Message message = contract.admitPlain(json, stamp);
            if (message != null) {
                hand.intake().message(message, stamp.origin().position());
            }
            return message != null;
        }

        @Override
        public void admit(JsonNode row, RecordInHand hand) throws ContractException {
            gather(row, hand, terms);
        }
    }
}
