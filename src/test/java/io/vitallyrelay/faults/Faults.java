package io.vitallyrelay.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** What can go wrong with a request. */
public final class Faults {
    private static final String SUCCESS = "{\"message\":\"Success.\"}";

    private Faults() {}

    /** None: takes the messages and says so. */
    public static Fault takes() {
        return takes(200, SUCCESS);
    }

    public static Fault takes(int status, String body, String... headers) {
        return takesAnd(connection -> connection.send(answer(status, body, headers)));
    }

    /** Takes the messages; what is answered is another matter. */
    public static Fault takesAnd(Fault answer) {
        return connection -> {
            connection.readMessages();
            connection.take();
            answer.happen(connection);
        };
    }

    /** Takes nothing. */
    public static Fault answers(int status, String... headers) {
        return connection -> {
            connection.readMessages();
            connection.send(answer(status, "{\"error\":\"" + status + " on purpose\"}", headers));
        };
    }

    /** Answers with the status where one of the messages is such a one, and else takes all. */
    public static Fault refuses(int status, Predicate<JsonNode> bad) {
        return connection -> {
            if (connection.readMessages().stream().anyMatch(bad)) {
                connection.send(answer(status, "{\"error\":\"" + status + " on purpose\"}"));
            } else {
                connection.take();
                connection.send(answer(200, SUCCESS));
            }
        };
    }

    /** Answers 413 to what is larger, and else takes all. */
    public static Fault refusesAbove(int bytes) {
        return connection -> {
            connection.readMessages();
            if (connection.contentLength() > bytes) {
                connection.send(answer(413, "{\"error\":\"413 on purpose\"}"));
            } else {
                connection.take();
                connection.send(answer(200, SUCCESS));
            }
        };
    }

    public static Fault resetsBeforeTheBody() {
        return Connection::reset;
    }

    public static Fault resetsInTheMiddleOfTheBody() {
        return connection -> {
            connection.readHalfOfTheBody();
            connection.reset();
        };
    }

    public static Fault resetsAfterTheBody() {
        return connection -> {
            connection.readMessages();
            connection.reset();
        };
    }

    public static Fault takesAndResets() {
        return takesAnd(Connection::reset);
    }

    public static Fault takesAndCloses() {
        return takesAnd(Connection::close);
    }

    /** Closes the connection behind the answer, which says nothing of that. */
    public static Fault takesAndHangsUpAfterwards() {
        return takesAnd(connection -> {
            connection.send(answer(200, SUCCESS));
            connection.close();
        });
    }

    public static Fault takesAndHangs() {
        return takesAnd(Connection::awaitTheirEnd);
    }

    public static Fault takesAndTrickles(long millisBetween) {
        return takesAnd(connection -> connection.trickle(answer(200, SUCCESS), millisBetween));
    }

    /** The head promises more than comes. */
    public static Fault cuts(int status) {
        return connection -> {
            connection.readMessages();
            if (status == 200) {
                connection.take();
            }
            String answer = answer(status, "{\"message\":\"some words\"}");
            connection.send(answer.substring(0, answer.length() - 10));
            connection.close();
        };
    }

    public static Fault takesAndCutsTheHead() {
        return takesAnd(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Le");
            connection.close();
        });
    }

    public static Fault takesAndAnswersInChunks() {
        return takesAnd(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send("b\r\n" + SUCCESS.substring(0, 11) + "\r\n");
            connection.send("b\r\n" + SUCCESS.substring(11) + "\r\n0\r\n\r\n");
        });
    }

    public static Fault takesAndCutsTheChunks() {
        return takesAnd(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send("b\r\n" + SUCCESS.substring(0, 11) + "\r\n");
            connection.close();
        });
    }

    /** Two answers to one request; the second one refuses. */
    public static Fault takesAndAnswersTwice() {
        return takesAnd(
                connection -> connection.send(answer(200, SUCCESS) + answer(400, "{\"error\":\"for the next\"}")));
    }

    /** Says something more once it is told to, and tells when that is sent. */
    public static Fault takesAndRefusesLater(CountDownLatch told, CountDownLatch sent) {
        return takesAnd(connection -> {
            connection.send(answer(200, SUCCESS));
            told.await();
            connection.send(answer(400, "{\"error\":\"for the next\"}"));
            sent.countDown();
        });
    }

    /** Before what it really says. */
    public static Fault continues(Fault answer) {
        return connection -> {
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
            answer.happen(connection);
        };
    }

    /** Is no HTTP server at all. */
    public static Fault talksOfOtherThings() {
        return connection -> {
            connection.readMessages();
            connection.send("220 mail.example.com ESMTP\r\n");
            connection.close();
        };
    }

    private static String answer(int status, String body, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " On Purpose\r\nContent-Type: application/json\r\n" + more + "Content-Length: "
                + length + "\r\n\r\n" + body;
    }
}
