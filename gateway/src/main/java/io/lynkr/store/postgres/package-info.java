/**
 * Records in a PostgreSQL database that several gateways share. Start reading at {@link
 * io.lynkr.store.postgres.PostgresDatabase}; {@link io.lynkr.store.postgres.Migrations} lists the
 * scripts that make the tables, and how old and new gateways get along.
 */
@NullMarked
package io.lynkr.store.postgres;

import org.jspecify.annotations.NullMarked;
