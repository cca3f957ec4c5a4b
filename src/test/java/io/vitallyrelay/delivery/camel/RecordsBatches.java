package io.vitallyrelay.delivery.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps the messageIds of each request, in the order of the requests. */
final class RecordsBatches implements Behaviour {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();

    @Override
    public Answer answer(BatchRequest request, Endpoint next) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        try {
            JSON.readTree(request.body())
                    .forEach(message -> ids.add(message.path("messageId").asText()));
        } catch (IOException e) {
            ids.add(e.toString());
        }
        batches.add(ids);
        return next.answer(request);
    }

    List<String> next() throws InterruptedException {
        List<String> batch = batches.poll(10, TimeUnit.SECONDS);
        if (batch == null) {
            throw new AssertionError("no further batch came");
        }
        return batch;
    }

    /** The messageIds of the next batches in one list. */
    List<String> next(int messages) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        while (ids.size() < messages) {
            ids.addAll(next());
        }
        return ids;
    }
}
