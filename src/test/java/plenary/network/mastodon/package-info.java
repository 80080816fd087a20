/**
 * Mastodon, against a simulator that keeps the truth and does what real servers were seen to do.
 */
@NullMarked
package plenary.network.mastodon;

import org.jspecify.annotations.NullMarked;
