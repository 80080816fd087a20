/** Hashtags: what is one, when two are the same, and what is said under them. */
@NullMarked
package plenary.hashtag;

import org.jspecify.annotations.NullMarked;
