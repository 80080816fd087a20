package plenary.screening;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number that a state, a bank or an insurance gives to a person, told by form and check digit.
 */
final class IdentityNumber implements Rule {
  private record Kind(Pattern form, Predicate<String> check) {}

  private static final List<Kind> KINDS =
      List.of(
          kind("\\d{3}-\\d{2}-\\d{4}", IdentityNumber::isSocialSecurity),
          kind("\\d(?:[ -]?\\d){11,18}", IdentityNumber::isCard),
          kind("[A-Z]{2}\\d{2}(?: ?[A-Z\\d]{4}){2,7}(?: ?[A-Z\\d]{1,4})?", IdentityNumber::isIban),
          kind("\\d{3}[ -]\\d{3}[ -]\\d{4}", number -> Checksums.isNhs(digits(number))),
          kind("(?:\\d{8}|[XYZ]\\d{7})-?[A-Z]", number -> Checksums.isDni(plain(number))),
          kind(
              "[12] ?\\d{2} ?[01]\\d ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{2}",
              number -> Checksums.isNir(digits(number))),
          kind("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]", number -> true),
          kind("\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}", number -> Checksums.isCpf(digits(number))),
          kind("\\d{11}", number -> Checksums.isPesel(number) || Checksums.isTurkish(number)));

  private static Kind kind(String form, Predicate<String> check) {
    return new Kind(
        Pattern.compile("(?<![\\p{L}\\d.-])" + form + "(?![\\p{L}\\d]|[.-]\\d)"), check);
  }

  @Override
  public Optional<Reason> look(ScreenedText text) {
    CharSequence plain = text.reading().plain();
    for (Kind kind : KINDS) {
      Matcher matcher = kind.form().matcher(plain);
      while (matcher.find()) {
        if (kind.check().test(matcher.group())) {
          return Reason.hold("identity-number", "It seems to hold a number that names a person.");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSocialSecurity(String number) {
    return !number.startsWith("000") && !number.endsWith("0000");
  }

  private static boolean isCard(String number) {
    String digits = digits(number);
    boolean issued =
        digits.length() == 12
            ? digits.charAt(0) >= '5' && digits.charAt(0) <= '6' && digits.equals(number)
            : (digits.charAt(0) >= '2' && digits.charAt(0) <= '6') || digits.startsWith("1800");
    return issued && Checksums.isLuhn(digits);
  }

  private static boolean isIban(String number) {
    String plain = plain(number);
    return plain.length() >= 15 && plain.length() <= 34 && Checksums.isIban(plain);
  }

  private static String digits(String number) {
    return number.replaceAll("\\D", "");
  }

  private static String plain(String number) {
    return number.replaceAll("[ -]", "");
  }
}
