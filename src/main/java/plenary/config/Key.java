package plenary.config;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name as written in the file, for example {@code http.port}
 * @param check says what is wrong with a value
 * @param fallback the value without configuration; empty when there is none
 * @param unit what the value counts
 * @param why what it does and why the default is what it is
 * @param secret whether it is never printed and may be read from a file of its own
 */
record Key(String name, Check check, String fallback, String unit, String why, boolean secret) {
  static Key key(String name, Check check, String fallback, String unit, String why) {
    return new Key(name, check, fallback, unit, why, false);
  }

  static Key secret(String name, Check check, String unit, String why) {
    return new Key(name, check, "", unit, why, true);
  }

  /** The environment variable that wins over the file: {@code http.port} ↔ PLENARY_HTTP_PORT. */
  String environment() {
    return "PLENARY_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The variable that names a file with the value, for secrets. */
  String environmentFile() {
    return environment() + "_FILE";
  }
}
