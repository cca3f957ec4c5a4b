package io.vitallyrelay.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads a message back from its JSON as it was posted. */
public final class PostedMessage {
    private PostedMessage() {}

    /**
     * The message that {@link Contract} made of that JSON; none where it is no such JSON.
     *
     * @param json in UTF-8; becomes the message's
     */
    public static Optional<Message> of(byte[] json) {
        Map<Field, String> texts = new EnumMap<>(Field.class);
        try (JsonParser in = Json.tokens(json, 0, json.length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                Field field = Field.named(name);
                if (in.nextToken() == JsonToken.VALUE_STRING && field != null) {
                    texts.put(field, in.getText());
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        String typeName = texts.get(Field.TYPE);
        String messageId = texts.get(Field.MESSAGE_ID);
        if (typeName == null || messageId == null) {
            return Optional.empty();
        }
        MessageType type = MessageType.ofWireName(typeName).orElse(MessageType.OTHER);
        return Optional.of(new Message(type, messageId, Contract.entity(typeName, texts::get), json));
    }
}
