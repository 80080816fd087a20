/**
 * The one gate for text from anywhere: a verdict with reasons before it may be shown. A rule is a
 * small file; {@link plenary.screening.Screening} lists them.
 */
@NullMarked
package plenary.screening;

import org.jspecify.annotations.NullMarked;
