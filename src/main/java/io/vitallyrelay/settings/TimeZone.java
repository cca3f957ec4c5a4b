package io.vitallyrelay.settings;

import java.time.DateTimeException;
import java.time.ZoneId;

/** A region, or a fixed offset. */
record TimeZone() implements Kind<ZoneId> {
    @Override
    public ZoneId parse(String text) throws NotAllowedException {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new NotAllowedException(this);
        }
    }

    @Override
    public String allowed() {
        return "a time zone such as UTC, Europe/Berlin or +02:00";
    }
}
