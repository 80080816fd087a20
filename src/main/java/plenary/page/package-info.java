/** What is inlined into the pages, so that each is drawn before anything else was asked for. */
@NullMarked
package plenary.page;

import org.jspecify.annotations.NullMarked;
