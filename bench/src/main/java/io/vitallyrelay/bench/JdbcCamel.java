package io.vitallyrelay.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** {@link LinesToBatches} with its unfinished batches in a database, H2 in a file: they survive a crash. */
public final class JdbcCamel {
    private JdbcCamel() {}

    /** Arguments: the URL, the inbox folder, the token, and the file of the database. */
    public static void main(String[] args) throws Exception {
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:file:" + args[3], "sa", "");
        createTables(database);
        JdbcAggregationRepository repository =
                new JdbcAggregationRepository(new DataSourceTransactionManager(database), "aggregation", database);
        new LinesToBatches(args[0], args[1], args[2], repository).run();
    }

    /** As the manual of camel-sql gives them. */
    private static void createTables(JdbcConnectionPool database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"aggregation", "aggregation_completed"}) {
                statement.execute("create table " + table
                        + " (id varchar(255) not null primary key, exchange blob not null, version bigint not null)");
            }
        }
    }
}
