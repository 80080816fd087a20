package plenary.screening;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates to the day, in figures and in words. */
final class Dates {
  private static final Pattern FIGURES =
      Pattern.compile(
          "(?<![\\d./-])(\\d{1,4})([./-]) ?(\\d{1,2})\\2 ?(\\d{4}|\\d{1,2})(?![\\d/-]|[.,]\\d)");

  private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th", "er", "re", "o", "e");

  /** Words that stand before a day and a month. */
  private static final Set<String> LEADS =
      Set.of(
          "on", "since", "until", "from", "am", "vom", "seit", "bis", "le", "du", "depuis", "el",
          "del", "desde", "hasta", "il", "dal", "em", "op", "sinds", "dob", "born", "dated");

  private static final Set<String> OF = Set.of("of", "de", "del", "di", "do");

  private static final Map<String, Integer> MONTHS = months();

  private Dates() {}

  private static Map<String, Integer> months() {
    String[] names = {
      "january jan januar janner janvier janv enero janeiro gennaio januari stycznia ocak",
      "february feb februar fevrier fevr febrero fevereiro febbraio februari lutego subat",
      "march mar marz mars marzo marco maart marca mart",
      "april apr avril avr abril aprile kwietnia nisan",
      "may mai mayo maio maggio mei maja mayis",
      "june jun juni juin junio junho giugno czerwca haziran",
      "july jul juli juillet juil julio julho luglio lipca temmuz",
      "august aug aout agosto augustus sierpnia agustos",
      "september sep sept septembre septiembre setembro settembre wrzesnia eylul",
      "october oct oktober okt octobre octubre outubro ottobre pazdziernika ekim",
      "november nov novembre noviembre novembro listopada kasim",
      "december dec dezember dez decembre diciembre dezembro dicembre grudnia aralik"
    };
    Map<String, Integer> months = new java.util.HashMap<>();
    for (int i = 0; i < names.length; i++) {
      for (String name : names[i].split(" ")) {
        months.put(name, i + 1);
      }
    }
    return Map.copyOf(months);
  }

  /** Where something stands in a text. */
  record Span(int start, int end) {}

  /** Dates in figures and in words, in no order. */
  static List<Span> of(CharSequence plain, List<Token> tokens) {
    List<Span> spans = new java.util.ArrayList<>();
    Matcher matcher = FIGURES.matcher(plain);
    while (matcher.find()) {
      if (isDate(matcher)) {
        spans.add(new Span(matcher.start(), matcher.end()));
      }
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (MONTHS.containsKey(tokens.get(i).word()) && isDay(tokens, i)) {
        spans.add(new Span(tokens.get(i).start(), tokens.get(i).end()));
      }
    }
    return spans;
  }

  /** Whether a run of figures is a date. */
  static boolean isWritten(String figures) {
    Matcher matcher = FIGURES.matcher(figures);
    return matcher.find() && isDate(matcher);
  }

  private static boolean isDate(Matcher matcher) {
    String first = matcher.group(1);
    String last = matcher.group(4);
    int a = Integer.parseInt(first);
    int b = Integer.parseInt(matcher.group(3));
    int c = Integer.parseInt(last);
    if (first.length() == 4) {
      return isYear(a) && last.length() <= 2 && isMonthAndDay(b, c);
    }
    boolean year = last.length() == 4 ? isYear(c) : last.length() == 2 && first.length() <= 2;
    // Versions, ratios and doses have short figures too: "1.2.10", "3-2-1".
    boolean clear =
        last.length() == 4
            || (matcher.group(3).length() == 2 && first.length() == 2)
            || "/".equals(matcher.group(2));
    return year && clear && (isMonthAndDay(a, b) || isMonthAndDay(b, a));
  }

  private static boolean isYear(int year) {
    return year >= 1900 && year <= 2099;
  }

  private static boolean isMonthAndDay(int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  /** A month beside a day; "may 5" and "mar 3" need more to be one. */
  private static boolean isDay(List<Token> tokens, int month) {
    int next = month + 1;
    if (isDayNumber(tokens, next)) {
      return isYearAt(tokens, next + 1) || isOrdinal(tokens, next) || isLed(tokens, month);
    }
    int previous = month - 1;
    if (previous >= 0 && OF.contains(tokens.get(previous).word())) {
      previous--;
      next += next < tokens.size() && OF.contains(tokens.get(next).word()) ? 1 : 0;
      return isDayNumber(tokens, previous);
    }
    if (isDayNumber(tokens, previous)) {
      return isYearAt(tokens, next) || isOrdinal(tokens, previous) || isLed(tokens, previous);
    }
    return false;
  }

  private static boolean isDayNumber(List<Token> tokens, int i) {
    if (i < 0 || i >= tokens.size()) {
      return false;
    }
    int day = tokens.get(i).number();
    String unit = tokens.get(i).unit();
    return day >= 1 && day <= 31 && (unit.isEmpty() || ORDINALS.contains(unit));
  }

  private static boolean isOrdinal(List<Token> tokens, int i) {
    return !tokens.get(i).unit().isEmpty();
  }

  private static boolean isYearAt(List<Token> tokens, int i) {
    int at = i < tokens.size() && OF.contains(tokens.get(i).word()) ? i + 1 : i;
    return at < tokens.size() && tokens.get(at).unit().isEmpty() && isYear(tokens.get(at).number());
  }

  private static boolean isLed(List<Token> tokens, int i) {
    return i > 0 && LEADS.contains(tokens.get(i - 1).word());
  }
}
