/** Tests of {@code --demo}. */
@NullMarked
package plenary.demo;

import org.jspecify.annotations.NullMarked;
