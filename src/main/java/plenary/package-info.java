/** Plenary: live moderated discussions at meetings. */
@NullMarked
package plenary;

import org.jspecify.annotations.NullMarked;
