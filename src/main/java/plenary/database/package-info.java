/** PostgreSQL: the pool, transactions, migrations, the managed server and backups. */
@NullMarked
package plenary.database;

import org.jspecify.annotations.NullMarked;
