/** Erasing a meeting with everything of it, over all features at once. */
@NullMarked
package plenary.erasure;

import org.jspecify.annotations.NullMarked;
