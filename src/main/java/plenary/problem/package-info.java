/** What can go wrong for a caller: one sealed failure, mapped to problem+json at the edge. */
@NullMarked
package plenary.problem;

import org.jspecify.annotations.NullMarked;
