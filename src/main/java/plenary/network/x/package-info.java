/**
 * X (API v2): a filtered stream, searches over what it missed, a sweep for deletions, prompts; each
 * within the organiser's spending limit. What it can and cannot do: docs/networks/x.md.
 */
@NullMarked
package plenary.network.x;

import org.jspecify.annotations.NullMarked;
