package plenary.screening;

/** The check digits of numbers that are given to people, accounts and cards. */
final class Checksums {
  private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";

  private Checksums() {}

  /** Cards (ISO/IEC 7812). */
  static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = digit(digits, digits.length() - 1 - i);
      int doubled = i % 2 == 1 ? 2 * d : d;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0 && digits.chars().anyMatch(c -> c != '0');
  }

  /** National Provider Identifier (USA): Luhn over 80840 and the number. */
  static boolean isNpi(String digits) {
    return digits.length() == 10 && digits.charAt(0) <= '2' && isLuhn("80840" + digits);
  }

  /** ISO 7064, MOD 97-10, of an account number without spaces. */
  static boolean isIban(String iban) {
    int rest = 0;
    String turned = iban.substring(4) + iban.substring(0, 4);
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  /** ORCID: ISO 7064, MOD 11-2, over sixteen characters with dashes. */
  static boolean isOrcid(String orcid) {
    String plain = orcid.replace("-", "");
    int total = 0;
    for (int i = 0; i < 15; i++) {
      total = (total + digit(plain, i)) * 2;
    }
    int check = (12 - total % 11) % 11;
    return plain.charAt(15) == (check == 10 ? 'X' : (char) ('0' + check));
  }

  /** NHS number (England, Wales, Isle of Man): modulo 11. */
  static boolean isNhs(String digits) {
    int check = 11 - weighted(digits, 9, 10) % 11;
    return digits.length() == 10 && (check == 11 ? 0 : check) == digit(digits, 9);
  }

  /** Burgerservicenummer (Netherlands): the eleven test. */
  static boolean isBsn(String digits) {
    int sum = weighted(digits, 8, 9) - digit(digits, 8);
    return digits.length() == 9 && sum > 0 && sum % 11 == 0;
  }

  /** DNI and NIE (Spain): a letter by modulo 23. */
  static boolean isDni(String dni) {
    String digits =
        switch (dni.charAt(0)) {
          case 'X' -> '0' + dni.substring(1, 8);
          case 'Y' -> '1' + dni.substring(1, 8);
          case 'Z' -> '2' + dni.substring(1, 8);
          default -> dni.substring(0, 8);
        };
    return DNI.charAt(Integer.parseInt(digits) % 23) == dni.charAt(dni.length() - 1);
  }

  /** NIR (France): a key of two digits by modulo 97. */
  static boolean isNir(String digits) {
    long number = Long.parseLong(digits.substring(0, 13));
    return 97 - number % 97 == Integer.parseInt(digits.substring(13));
  }

  /** CPF (Brazil): two check digits by modulo 11. */
  static boolean isCpf(String digits) {
    return digits.length() == 11
        && digits.chars().distinct().count() > 1
        && cpfDigit(digits, 9) == digit(digits, 9)
        && cpfDigit(digits, 10) == digit(digits, 10);
  }

  private static int cpfDigit(String digits, int length) {
    return weighted(digits, length, length + 1) * 10 % 11 % 10;
  }

  /** PESEL (Poland): weights 1, 3, 7, 9, and a month and a day that exist. */
  static boolean isPesel(String digits) {
    int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += weights[i] * digit(digits, i);
    }
    int month = (10 * digit(digits, 2) + digit(digits, 3)) % 20;
    int day = 10 * digit(digits, 4) + digit(digits, 5);
    return (10 - sum % 10) % 10 == digit(digits, 10)
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 31;
  }

  /** T.C. kimlik (Turkey): two check digits. */
  static boolean isTurkish(String digits) {
    int odd = 0;
    int even = 0;
    for (int i = 0; i < 9; i++) {
      odd += i % 2 == 0 ? digit(digits, i) : 0;
      even += i % 2 == 1 ? digit(digits, i) : 0;
    }
    int tenth = Math.floorMod(7 * odd - even, 10);
    return digits.charAt(0) != '0'
        && tenth == digit(digits, 9)
        && (odd + even + tenth) % 10 == digit(digits, 10);
  }

  /** The digits times falling weights. */
  private static int weighted(String digits, int length, int first) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (first - i) * digit(digits, i);
    }
    return sum;
  }

  private static int digit(String digits, int i) {
    return digits.charAt(i) - '0';
  }
}
