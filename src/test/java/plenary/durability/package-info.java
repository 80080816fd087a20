/** What was acknowledged is there: the server and its database killed at random moments. */
@NullMarked
package plenary.durability;

import org.jspecify.annotations.NullMarked;
