/**
 * The networks: what people post under a followed hashtag comes in, and a chat's prompts go out. A
 * connector for each network lives in a package of its own ({@code bluesky}, {@code mastodon},
 * {@code x}) behind {@link plenary.network.Connector} and {@link plenary.network.Publisher}.
 */
@NullMarked
package plenary.network;

import org.jspecify.annotations.NullMarked;
