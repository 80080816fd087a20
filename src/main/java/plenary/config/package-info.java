/**
 * Configuration: every key once as data, a file and the environment over the defaults, all mistakes
 * told at once.
 */
@NullMarked
package plenary.config;

import org.jspecify.annotations.NullMarked;
