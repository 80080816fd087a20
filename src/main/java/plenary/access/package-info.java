/** Who calls: sign-ins and tokens, the setup link, invitations, participants by join code. */
@NullMarked
package plenary.access;

import org.jspecify.annotations.NullMarked;
