/** {@code --demo}: a sample meeting with simulated attendees, who come over the API like others. */
@NullMarked
package plenary.demo;

import org.jspecify.annotations.NullMarked;
