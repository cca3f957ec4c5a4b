package io.vitallyrelay.letters;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import java.util.List;

/** Makes messages of a record as its integration does today. Thread-safe. */
public interface Mapping {
    /**
     * @param origin where the record came from; its integration says how it is mapped
     * @param record JSON in UTF-8, as the mapping sees it
     * @return none where the mapping drops it
     * @throws NoReplayException when the record becomes no message, in words an operator understands
     */
    List<Message> messages(Origin origin, byte[] record) throws NoReplayException;
}
