/** The live engine: commands in, versioned entities and frames out. Knows nothing of questions. */
@NullMarked
package plenary.live;

import org.jspecify.annotations.NullMarked;
