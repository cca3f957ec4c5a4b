package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the check of one message costs, with the parsing of its line and without. */
@State(Scope.Benchmark)
public class ContractBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Stamp STAMP = new Stamp(null, NullPolicy.OMIT, new Origin("bench", "file", "1"), 0);

    private final Contract contract = new Contract(32_768, InstantSource.system());
    private final byte[] line = Messages.line(4711);
    private final JsonNode tree = Messages.tree(line);
    private final JsonNode withoutId = Messages.without(tree, "messageId");

    @Benchmark
    public JsonNode parse() throws Exception {
        return JSON.readTree(line);
    }

    @Benchmark
    public Message admit() throws ContractException {
        return contract.admit(tree, STAMP);
    }

    /** Parsing and check in one, without a tree. */
    @Benchmark
    public Message admitPlain() {
        return contract.admitPlain(line, STAMP);
    }

    /** The name-based messageId comes on top. */
    @Benchmark
    public Message admitWithoutMessageId() throws ContractException {
        return contract.admit(withoutId, STAMP);
    }
}
