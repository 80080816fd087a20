/**
 * Mastodon: reads hashtags from a server that speaks its API, and posts prompts. What the protocol
 * does and does not promise is in docs/networks/mastodon.md.
 */
@NullMarked
package plenary.network.mastodon;

import org.jspecify.annotations.NullMarked;
