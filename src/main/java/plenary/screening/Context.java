package plenary.screening;

import java.time.Instant;

/**
 * What surrounds a text from the audience. Everything a rule needs beyond the text itself is here,
 * so that a verdict depends on nothing else.
 *
 * @param now when it came
 * @param recent what came before in the same session
 */
public record Context(Author author, Instant now, RecentTexts recent) {}
