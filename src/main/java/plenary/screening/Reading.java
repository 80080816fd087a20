package plenary.screening;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text as the rules read it: its words and links, and what is left beside references. */
final class Reading {
  private final String text;
  private @Nullable List<Token> tokens;
  private @Nullable CharSequence plain;
  private @Nullable List<String> links;
  private @Nullable Sketch sketch;

  Reading(String text) {
    this.text = text;
  }

  /** As something else reads its characters, which is how tests count the work. */
  Reading(String text, CharSequence plain) {
    this(text);
    this.plain = plain;
  }

  /** The words, but for those of references. */
  List<Token> tokens() {
    if (tokens == null) {
      tokens = Token.of(plain().toString());
    }
    return tokens;
  }

  /** With blanks for links and for what names a publication, a trial or a researcher. */
  CharSequence plain() {
    if (plain == null) {
      plain = References.blanked(text);
    }
    return plain;
  }

  /** What it is compared with others by. */
  Sketch sketch() {
    if (sketch == null) {
      sketch = Sketch.of(tokens());
    }
    return sketch;
  }

  /** What its links lead to, each once. */
  List<String> links() {
    if (links == null) {
      links = Links.of(text);
    }
    return links;
  }
}
