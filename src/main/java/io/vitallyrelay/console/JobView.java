package io.vitallyrelay.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.letters.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A job of dead letters as the HTTP interface shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String id,
        String deed,
        String state,
        String by,
        String from,
        String why,
        Instant at,
        Instant ended,
        Long selected,
        long passed,
        long discarded,
        long stayed,
        long gone,
        double perSecond,
        String failure,
        List<Stay> stays,
        List<Sample> first) {

    /** A letter that stays one. */
    public record Stay(String id, String why) {}

    /** What a letter would become. */
    public record Sample(String id, @JsonRawValue String messages) {}

    static JobView of(Job job, Secrets secrets) {
        Job.Progress progress = job.progress();
        return new JobView(
                Long.toString(job.id()),
                job.deed().word(),
                progress.state().word(),
                job.by(),
                job.from(),
                job.why(),
                millis(job.at()),
                millis(progress.ended()),
                progress.selected() < 0 ? null : progress.selected(),
                progress.passed(),
                progress.discarded(),
                progress.stayed(),
                progress.gone(),
                perSecond(progress),
                progress.failure(),
                progress.stays().stream()
                        .map(stay -> new Stay(Long.toString(stay.id()), secrets.hide(stay.why())))
                        .toList(),
                progress.first().stream()
                        .map(sample -> new Sample(
                                Long.toString(sample.id()),
                                secrets.hide("[" + String.join(",", sample.messages()) + "]")))
                        .toList());
    }

    private static Instant millis(Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MILLIS);
    }

    private static double perSecond(Job.Progress progress) {
        if (progress.began() == null) {
            return 0;
        }
        long millis = Duration.between(progress.began(), progress.ended() == null ? Instant.now() : progress.ended())
                .toMillis();
        long through = progress.passed() + progress.discarded() + progress.stayed() + progress.gone();
        return Math.round(through * 10_000.0 / Math.max(1, millis)) / 10.0;
    }
}
