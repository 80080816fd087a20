/** The pages in a real browser. */
@NullMarked
package plenary.browser;

import org.jspecify.annotations.NullMarked;
