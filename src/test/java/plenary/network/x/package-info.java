/** X, and a simulator of it. */
@NullMarked
package plenary.network.x;

import org.jspecify.annotations.NullMarked;
