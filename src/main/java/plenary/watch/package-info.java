/** The edge of the live engine: the handshake of a stream, and the state over HTTP. */
@NullMarked
package plenary.watch;

import org.jspecify.annotations.NullMarked;
