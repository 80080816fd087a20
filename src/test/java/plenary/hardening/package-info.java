/** What clients must not be able to do to a server. */
@NullMarked
package plenary.hardening;

import org.jspecify.annotations.NullMarked;
