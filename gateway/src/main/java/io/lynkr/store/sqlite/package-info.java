/**
 * Records in one SQLite file on this machine. Start reading at {@link
 * io.lynkr.store.sqlite.SqliteDatabase}; a store asks it for reads and writes, and {@link
 * io.lynkr.store.sqlite.Migrations} lists the scripts that make the tables.
 */
@NullMarked
package io.lynkr.store.sqlite;

import org.jspecify.annotations.NullMarked;
