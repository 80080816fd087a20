/** Questions: ask, vote, moderate, merge, put on stage. */
@NullMarked
package plenary.question;

import org.jspecify.annotations.NullMarked;
