/** Who calls: roles, grants, and the permission of every operation. Pure data, no I/O. */
@NullMarked
package plenary.identity;

import org.jspecify.annotations.NullMarked;
