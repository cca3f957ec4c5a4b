package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class InboxTest {
    private static final Duration SETTLED = Duration.ofSeconds(1);

    @TempDir
    private Path root;

    private Path folder;
    private long now;
    private Inboxes inboxes;
    private Inbox inbox;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(root.resolve("csv-raw"));
        inboxes = new Inboxes(root, () -> now);
        inbox = openFor("csv-raw", ".*\\.csv");
    }

    private Inbox openFor(String integration, String names) {
        Pattern pattern = Pattern.compile(names, Pattern.CASE_INSENSITIVE);
        inboxes.add(integration, pattern);
        return inboxes.open(integration, pattern, SETTLED);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<String> look() throws IOException {
        return inbox.look().stream().map(InboxFile::name).toList();
    }

    /** Looks, and again after the time that a file has to rest. */
    private List<String> lookTwice() throws IOException {
        look();
        pass(SETTLED);
        return look();
    }

    private List<String> strays() throws IOException {
        look();
        pass(Inbox.STRAY_AFTER);
        look();
        return Stray.lines(inbox.news());
    }

    @Test
    void givesAFileThatTwoLooksSawAlike() throws Exception {
        // Given
        write("a.csv", "id\n1\n");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly("a.csv");
    }

    @Test
    void givesNoFileAtTheFirstLook() throws Exception {
        // Given a time long ago, as copies keep it
        Files.setLastModifiedTime(write("a.csv", "id\n"), FileTime.from(Instant.EPOCH));

        // When
        List<String> ready = look();

        // Then
        assertThat(ready).isEmpty();
    }

    @Test
    void givesNoFileBeforeItHasRestedAsLongAsItMust() throws Exception {
        // Given
        write("a.csv", "id\n");
        look();
        pass(SETTLED.minusNanos(1));

        // When
        List<String> ready = look();

        // Then
        assertThat(ready).isEmpty();
    }

    @Test
    void givesNoFileThatGrowsWhileItsTimeStaysOld() throws Exception {
        // Given
        FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
        Path file = write("copied.csv", "id\n");
        Files.setLastModifiedTime(file, old);
        look();
        pass(SETTLED);

        // When
        Files.writeString(file, "G1\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, old);
        List<String> whileItGrows = look();
        pass(SETTLED);
        List<String> whenItRests = look();

        // Then
        assertThat(whileItGrows).isEmpty();
        assertThat(whenItRests).containsExactly("copied.csv");
    }

    @Test
    void givesNoFileWhoseTimeChangesWhileItsSizeStays() throws Exception {
        // Given
        Path file = write("a.csv", "id\n");
        look();
        pass(SETTLED);

        // When
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        List<String> ready = look();

        // Then
        assertThat(ready).isEmpty();
    }

    @Test
    void givesAFileFromTheFutureAndThoseBesideItWithoutDelay() throws Exception {
        // Given
        Files.setLastModifiedTime(
                write("future.csv", "id\n"), FileTime.from(Instant.now().plusSeconds(3600)));
        write("now.csv", "id\n");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly("now.csv", "future.csv");
    }

    @Test
    void givesTheOthersWhileOneFileGrows() throws Exception {
        // Given
        Path grows = write("grows.csv", "id\n");
        write("rests.csv", "id\n");
        look();
        pass(SETTLED);
        Files.writeString(grows, "1\n", StandardOpenOption.APPEND);

        // When
        List<String> ready = look();

        // Then
        assertThat(ready).containsExactly("rests.csv");
    }

    @Test
    void givesTheFilesByTimeAndName() throws Exception {
        // Given
        FileTime first = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        FileTime second = FileTime.from(Instant.parse("2026-01-01T00:00:01Z"));
        Files.setLastModifiedTime(write("b.csv", "id\n"), second);
        Files.setLastModifiedTime(write("c.csv", "id\n"), first);
        Files.setLastModifiedTime(write("a.csv", "id\n"), second);

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly("c.csv", "a.csv", "b.csv");
    }

    @Test
    void forgetsAFileThatHasGone() throws Exception {
        // Given
        Path file = write("a.csv", "id\n");
        lookTwice();
        Files.delete(file);
        look();

        // When
        write("a.csv", "id\n");
        List<String> ready = look();

        // Then
        assertThat(ready).isEmpty();
    }

    @Test
    void givesAFileBesideWhichAnotherLeftItsLock() throws Exception {
        // Given
        write("left.csv", "id\n");
        write("left.csv.camelLock", "");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly("left.csv");
    }

    @Test
    void givesAFileWhoseNameHas250Bytes() throws Exception {
        // Given
        String name = "n".repeat(246) + ".csv";
        write(name, "id\n");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly(name);
    }

    @Test
    void givesTwentyThousandFilesInOneLook() throws Exception {
        // Given
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(folder.resolve(i + ".csv"));
        }

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).hasSize(20_000);
    }

    @Test
    void followsNoLinks() throws Exception {
        // Given
        Path outside = Files.writeString(root.resolve("outside.csv"), "id\nO1\n");
        Files.createSymbolicLink(folder.resolve("link.csv"), outside);
        Files.createSymbolicLink(folder.resolve("dangling.csv"), Path.of("nowhere"));

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).isEmpty();
    }

    @Test
    void namesLinks() throws Exception {
        // Given
        Files.createSymbolicLink(folder.resolve("dangling.csv"), Path.of("nowhere"));

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines)
                .containsExactly("dangling.csv is not read: a link, which could lead anywhere: move or copy the"
                        + " file itself");
    }

    @Test
    void namesAPipeAndDoesNotOpenIt() throws Exception {
        // Given
        new ProcessBuilder("mkfifo", folder.resolve("fifo.csv").toString())
                .start()
                .waitFor();

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).containsExactly("fifo.csv is not read: no regular file, but a pipe, a socket or a device");
    }

    @Test
    void namesFilesOfOtherNamesWithThePatternsOfTheInbox() throws Exception {
        // Given
        openFor("csv-raw", ".*\\.tsv");
        write("data.txt", "");
        write("data.tsv", "");

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).containsExactly("data.txt is not read: csv-raw takes names that match .*\\.csv or .*\\.tsv");
    }

    @Test
    void namesAFolder() throws Exception {
        // Given
        Files.createDirectories(folder.resolve("2026"));

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines)
                .containsExactly("2026 is not read: a folder, and only files that lie in the inbox itself are read");
    }

    @Test
    void namesThemOnce() throws Exception {
        // Given
        Path file = write("data.txt", "");
        strays();
        Files.writeString(file, "more");

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).isEmpty();
    }

    @Test
    void namesNoFileThatIsRenamedSoonAfterIts() throws Exception {
        // Given
        Path part = write("a.csv.part", "id\n");
        look();
        Files.move(part, folder.resolve("a.csv"));

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".done", ".lock", ".a.csv"})
    void saysNothingOfHiddenFiles(String name) throws Exception {
        // Given
        write(name, "");

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).isEmpty();
    }

    @Test
    void countsWhatNobodyReadsUntilItIsGone() throws Exception {
        // Given
        Path first = write("data.txt", "");
        write("noext", "");
        strays();
        int both = inbox.notRead();
        Files.delete(first);

        // When
        look();

        // Then
        assertThat(both).isEqualTo(2);
        assertThat(inbox.notRead()).isEqualTo(1);
    }

    @Test
    void countsAFileThatCannotBeOpened() throws Exception {
        // Given
        write("a.csv", "id\n");
        lookTwice();
        inbox.stays(only(), "it cannot be opened", false);

        // When
        look();

        // Then
        assertThat(inbox.notRead()).isEqualTo(1);
    }

    private InboxFile only() throws IOException {
        return inbox.look().get(0);
    }

    @Test
    void leavesTheSecondRouteOfAnInboxToSayNothingOfIt() throws Exception {
        // Given
        inbox = openFor("csv-raw", ".*\\.tsv");
        write("data.txt", "");

        // When
        List<String> lines = strays();

        // Then
        assertThat(lines).isEmpty();
    }

    @Test
    void triesAFileThatStaysAgainAfterPausesThatGrowToAMinute() throws Exception {
        // Given
        write("a.csv", "id\n");
        lookTwice();

        // When
        int tries = 0;
        for (int second = 0; second < 3600; second++) {
            for (InboxFile file : inbox.look()) {
                tries++;
                inbox.stays(file, "it cannot be moved", true);
            }
            pass(Duration.ofSeconds(1));
        }

        // Then: 1, 2, 4, 8, 16, 32 seconds, and then each minute
        assertThat(tries).isBetween(60, 70);
    }

    @Test
    void saysOfAProblemOnceThatItIsNew() throws Exception {
        // Given
        write("a.csv", "id\n");
        lookTwice();
        InboxFile file = only();

        // When
        boolean first = inbox.stays(file, "it cannot be opened", false);
        boolean again = inbox.stays(file, "it cannot be opened", false);
        boolean another = inbox.stays(file, "it cannot be moved", false);

        // Then
        assertThat(List.of(first, again, another)).containsExactly(true, false, true);
    }

    @Test
    void saysOfAProblemOnceAlsoWhereTheFileChanges() throws Exception {
        // Given
        Path file = write("a.csv", "id\n");
        lookTwice();
        inbox.stays(only(), "it cannot be opened", false);
        Files.writeString(file, "id\n1\n");
        lookTwice();

        // When
        boolean isNews = inbox.stays(only(), "it cannot be opened", false);

        // Then
        assertThat(isNews).isFalse();
    }

    @Test
    void triesAFileThatChangedAsSoonAsItRests() throws Exception {
        // Given
        Path file = write("a.csv", "id\n");
        lookTwice();
        for (int i = 0; i < 10; i++) {
            inbox.stays(new InboxFile(file, "a.csv", null), "it cannot be opened", false);
        }
        Files.writeString(file, "id\n1\n");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).containsExactly("a.csv");
    }

    @Test
    void givesNoNewFilesWhileTooManyCannotBeMoved() throws Exception {
        // Given
        for (int i = 0; i < Inbox.MOST_STUCK; i++) {
            write(i + ".csv", "id\n");
        }
        lookTwice();
        for (InboxFile file : inbox.look()) {
            inbox.stays(file, "it cannot be moved", true);
        }
        write("new.csv", "id\n");

        // When
        List<String> ready = lookTwice();

        // Then
        assertThat(ready).hasSize(Inbox.MOST_STUCK).doesNotContain("new.csv");
        assertThat(inbox.isStuck()).isTrue();
    }

    @Test
    void tellsAFileThatIsNoLongerAsItWasSeen() throws Exception {
        // Given
        Path file = write("a.csv", "id\n");
        lookTwice();
        InboxFile ready = only();
        Files.delete(file);
        Files.createSymbolicLink(file, root.resolve("outside.csv"));

        // When
        boolean as = inbox.isAsSeen(ready);

        // Then
        assertThat(as).isFalse();
    }

    @Test
    void namesWhatLiesBesideTheInboxes() throws Exception {
        // Given
        Files.createDirectories(root.resolve("unknown"))
                .resolve("x.csv")
                .toFile()
                .createNewFile();
        Files.createDirectories(root.resolve("empty"));
        Files.writeString(root.resolve("lost.csv"), "");
        inboxes.lookBeside();
        pass(Inbox.STRAY_AFTER);

        // When
        List<String> lines = Stray.lines(inboxes.lookBeside());

        // Then
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "unknown is not read: no integration that runs takes files from this folder in " + root,
                        "lost.csv is not read: it lies beside the inboxes, which are the folders in " + root
                                + " named as an integration");
        assertThat(inboxes.notRead()).containsEntry(Inboxes.NONE, 2);
    }

    @Test
    void givesAFileToOneRouteAtATime() {
        // Given
        Path file = folder.resolve("a.csv");
        boolean first = inboxes.take(file);

        // When
        boolean second = inboxes.take(file);
        inboxes.giveBack(file);
        boolean third = inboxes.take(file);

        // Then
        assertThat(List.of(first, second, third)).containsExactly(true, false, true);
    }
}
