package io.lynkr.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.lynkr.store.PostgresUrl;
import io.lynkr.store.SqlDatabase;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.stream.IntStream;

/**
 * One PostgreSQL database, reached when it is first needed, over a few connections. It may go and
 * come back meanwhile: what is asked while it is away fails after a short wait, and nothing of it
 * was done; what {@link #write} has returned from is committed there.
 */
public final class PostgresDatabase implements SqlDatabase {
    private static final int WAIT_MILLIS = 2_000;
    private static final int VALIDATION_MILLIS = 1_000;
    private static final int CHECK_SECONDS = 2;

    /** Apart from other programs' locks on pairs of numbers. */
    private static final int LOCKS = 0x6c796e;

    private final HikariDataSource pool;
    private final String shown;
    private final Clock clock;

    private volatile boolean migrated;

    /** Opens nothing yet. */
    public PostgresDatabase(PostgresUrl url, int connections, Clock clock) {
        this.shown = url.toString();
        this.clock = clock;
        var config = new HikariConfig();
        config.setPoolName("database");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url.jdbc());
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(password -> config.setPassword(password.reveal()));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setAutoCommit(false);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setInitializationFailTimeout(-1); // a gateway starts without its database
        config.addDataSourceProperty("ApplicationName", "lynkr");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        this.pool = new HikariDataSource(config);
    }

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public <T> T read(Work<T> work) throws IOException {
        return transaction("read", work);
    }

    @Override
    public <T> T write(Work<T> work) throws IOException {
        return transaction("written", work);
    }

    private <T> T transaction(String what, Work<T> work) throws IOException {
        try (var connection = pool.getConnection()) {
            if (!migrated) {
                Migrations.run(connection, clock.instant());
                connection.commit();
                migrated = true;
            }
            // Closing without a commit rolls back.
            var result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IOException(
                    "the gateway's records in %s cannot be %s: %s"
                            .formatted(shown, what, e.getMessage()),
                    e);
        }
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    /** In the order of the numbers, so that no two wait for each other. */
    @Override
    public void lock(Connection connection, IntStream numbers) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?, ?)")) {
            for (int number : numbers.sorted().distinct().toArray()) {
                lock.setInt(1, LOCKS);
                lock.setInt(2, number);
                lock.execute();
            }
        }
    }

    @Override
    public void check() throws IOException {
        try (var connection = pool.getConnection()) {
            if (!connection.isValid(CHECK_SECONDS)) {
                throw new IOException(shown + " does not answer");
            }
        } catch (SQLException e) {
            throw new IOException(shown + " does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
