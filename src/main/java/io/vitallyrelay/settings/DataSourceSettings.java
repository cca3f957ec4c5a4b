package io.vitallyrelay.settings;

import java.time.ZoneId;

/**
 * The access to one database.
 *
 * @param url for JDBC; never shown, as drivers take secrets in it
 * @param user may be empty
 * @param password may be empty; never shown
 * @param zone of its timestamps that have none
 */
public record DataSourceSettings(String url, String user, String password, ZoneId zone) {
    @Override
    public String toString() {
        return "DataSourceSettings[zone=" + zone + "]";
    }
}
