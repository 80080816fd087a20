/**
 * What the hall and the podium see and hear: cue and go, freeze and blackout, scenes, the clock,
 * messages to the podium, and which moderator is at which question.
 */
@NullMarked
package plenary.stage;

import org.jspecify.annotations.NullMarked;
