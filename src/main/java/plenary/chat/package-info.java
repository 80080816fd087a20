/**
 * Tweet chats: the run sheet with its prompts, the outbox through which they reach the networks,
 * the answers that belong to them, and the transcript.
 */
@NullMarked
package plenary.chat;

import org.jspecify.annotations.NullMarked;
