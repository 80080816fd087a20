/**
 * The log: one JSON object a line on standard error.
 *
 * <p>The rule for everybody who logs: ids, counts, times and kinds only. Never text that a person
 * typed, a name, a token, a join code, an address, a query string or a body. An exception's message
 * may quote what it choked on, so log an exception only where that cannot be a person's text.
 */
@NullMarked
package plenary.log;

import org.jspecify.annotations.NullMarked;
