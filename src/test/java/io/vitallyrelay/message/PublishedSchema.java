package io.vitallyrelay.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A schema as it is packaged, read by a validator that knows nothing of {@link Contract}. */
record PublishedSchema(JsonSchema schema) {

    static PublishedSchema of(MessageType type) {
        String resource = "/schemas/" + type.wireName() + ".schema.json";
        try (InputStream json = PublishedSchema.class.getResourceAsStream(resource)) {
            return new PublishedSchema(
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean accepts(JsonNode message) {
        return schema.validate(message, run -> run.getExecutionConfig().setFormatAssertionsEnabled(true))
                .isEmpty();
    }
}
