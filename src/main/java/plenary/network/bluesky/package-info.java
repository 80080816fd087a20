/**
 * Bluesky: posts come in through a Jetstream, whichever of its two wires it speaks, and go out
 * through the account's own server (PDS) by app password. {@link
 * plenary.network.bluesky.BlueskyConnector} and {@link plenary.network.bluesky.BlueskyPublisher}
 * are the ways in; {@link plenary.network.bluesky.Addresses} says how an account names its servers.
 */
@NullMarked
package plenary.network.bluesky;

import org.jspecify.annotations.NullMarked;
