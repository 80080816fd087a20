package plenary.screening;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A telephone number: by its form, or by a word for one before it. */
final class Phone implements Rule {
  private static final int CUE_NEAR = 25;

  /** Digits in groups, as far as they go. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d.,/-])\\+?+\\(?+\\d(?:[ ./()\\u00a0-]{0,3}+\\d){5,16}+(?![\\d%]|[.,]\\d)");

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile("(?:\\+?1[ .-]?)?(?:\\([2-9]\\d\\d\\) ?|[2-9]\\d\\d[ .-])\\d{3}[ .-]\\d{4}");

  /** A trunk zero, and at least nine digits. */
  private static final Pattern TRUNK = Pattern.compile("\\(?0[1-9](?:[ ./()-]{0,3}\\d){7,10}");

  private static final Set<String> WORDS =
      Set.of(
          "phone",
          "telephone",
          "tel",
          "call",
          "calling",
          "cell",
          "cellphone",
          "mobile",
          "mob",
          "fax",
          "whatsapp",
          "sms",
          "text",
          "txt",
          "reach",
          "answering",
          "ring",
          "dial",
          "contact",
          "ph",
          "telefon",
          "telefonnummer",
          "handy",
          "handynummer",
          "anrufen",
          "rufnummer",
          "mobil",
          "telefono",
          "movil",
          "llamar",
          "llame",
          "celular",
          "telefone",
          "telemovel",
          "ligue",
          "telefonzahl",
          "portable",
          "appeler",
          "appelez",
          "chiamare",
          "cellulare",
          "chiama",
          "telefoon",
          "telefoonnummer",
          "bellen",
          "numer",
          "telefonu",
          "zadzwon");

  @Override
  public Optional<Reason> look(ScreenedText text) {
    Matcher matcher = NUMBER.matcher(text.reading().plain());
    while (matcher.find()) {
      if (isPhone(matcher.group(), text.reading().tokens(), matcher.start())) {
        return Reason.hold("phone", "It seems to hold a telephone number.");
      }
    }
    return Optional.empty();
  }

  private static boolean isPhone(String number, List<Token> tokens, int start) {
    long digits = number.chars().filter(c -> c >= '0' && c <= '9').count();
    if (number.startsWith("+")) {
      return digits >= 8;
    }
    return NORTH_AMERICAN.matcher(number).matches()
        || TRUNK.matcher(number).matches()
        || (digits >= 7 && !Dates.isWritten(number) && isNamed(tokens, start));
  }

  private static boolean isNamed(List<Token> tokens, int start) {
    return Token.within(tokens, start - CUE_NEAR, start - 1).stream()
        .anyMatch(token -> WORDS.contains(token.word()));
  }
}
