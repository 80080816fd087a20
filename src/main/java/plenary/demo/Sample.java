package plenary.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the demo is made of, see {@code demo/README.md} in the resources. */
final class Sample {
  /** How many questions are there when the demo opens. */
  static final int OPENING = 10;

  static final String MEETING = "Plenary demo: Medical Imaging with Deep Learning";
  static final List<String> HASHTAGS = List.of("PlenaryDemo", "MIDL");
  static final String LIVE_TITLE = "Segmentation of the myocardium on late-gadolinium enhanced MRI";

  /** Those who give a name; the others stay anonymous. */
  static final List<String> NAMES =
      List.of(
          "Amara Osei",
          "Dr. Lena Vogt",
          "Yuki Tanaka",
          "Piotr Nowak",
          "M. Haddad",
          "Sofía Reyes",
          "Jonas Lindqvist",
          "Chiara B.",
          "Ravi Menon",
          "Elif Aydın",
          "Tom Fraser",
          "Noor",
          "Claire Dubois",
          "Mateus Rocha",
          "Ingrid",
          "Owen Clarke",
          "Fatima Zahra",
          "Ben (EP fellow)");

  private static final Pattern MINUTES = Pattern.compile("\\{(-?\\d+)}");
  private static final int ROUND_MINUTES = 5;

  private Sample() {}

  /** The agenda around this moment. */
  static String agenda(ZonedDateTime now) {
    ZonedDateTime base =
        now.truncatedTo(ChronoUnit.MINUTES).minusMinutes(now.getMinute() % ROUND_MINUTES);
    Matcher matcher = MINUTES.matcher(read("agenda.csv"));
    return matcher.replaceAll(
        found ->
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                base.plusMinutes(Long.parseLong(found.group(1)))));
  }

  /** The questions in the order they are asked. */
  static List<String> questions() {
    return lines("questions.txt");
  }

  /** The chat: after {@code !} the welcome, after {@code ?} prompts, after {@code -} answers. */
  static List<String> chat() {
    return lines("chat.txt");
  }

  private static List<String> lines(String name) {
    return read(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  /** This machine's zone, when it is one that has a place; the hall is where the newcomer sits. */
  static ZoneId zone() {
    ZoneId here = ZoneId.systemDefault();
    return here.getId().indexOf('/') > 0 ? here : ZoneId.of("UTC");
  }

  private static String read(String name) {
    try (InputStream in = Sample.class.getResourceAsStream("/demo/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
