package io.vitallyrelay.settings;

import java.time.Duration;
import java.time.ZoneId;

/**
 * The access to one database.
 *
 * @param url for JDBC; never shown, as drivers take secrets in it
 * @param user may be empty
 * @param password may be empty; never shown
 * @param zone of its timestamps that have none
 * @param timeout of a statement, and of an answer; whole milliseconds
 */
public record DataSourceSettings(String url, String user, String password, ZoneId zone, Duration timeout) {
    @Override
    public String toString() {
        return "DataSourceSettings[zone=" + zone + ", timeout=" + timeout + "]";
    }
}
