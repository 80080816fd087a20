package plenary.database;

/**
 * The database, or an archive of one, cannot be used as it is. The message is one sentence for the
 * operator: what is wrong and what to do. Whoever starts the server prints it and ends; it never
 * holds a password.
 */
public final class DatabaseRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseRefusal(String sentence) {
    super(sentence);
  }

  public DatabaseRefusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
