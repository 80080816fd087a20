/** What the tests of several packages share: the real PostgreSQL, clients, browsers. */
@NullMarked
package plenary.support;

import org.jspecify.annotations.NullMarked;
