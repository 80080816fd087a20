package plenary.screening;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Advertising and lures: several different signs together. A question may well speak of money, or
 * of calling, or of something free; spam does all of it at once.
 */
final class Spam implements Rule {
  private static final int ENOUGH = 4;
  private static final int SHOUTED_MIN = 4;

  /** Said in earnest too. */
  private static final Set<String> LURES =
      Set.of(
          "win",
          "won",
          "winner",
          "winning",
          "prize",
          "prizes",
          "cash",
          "claim",
          "guaranteed",
          "bonus",
          "reward",
          "awarded",
          "free",
          "offer",
          "offers",
          "deal",
          "deals",
          "discount",
          "selected",
          "entitled",
          "complimentary",
          "gift",
          "congratulations",
          "congrats",
          "loan",
          "loans",
          "income",
          "earn",
          "cheap",
          "cheapest",
          "profit",
          "profits",
          "rich",
          "dating",
          "singles",
          "sexy",
          "lucky",
          "gratis",
          "kostenlos",
          "gewinn",
          "gewonnen",
          "rabatt",
          "verdienen",
          "kredit",
          "gagner",
          "gagne",
          "gratuit",
          "gratuitement",
          "cadeau",
          "argent",
          "ganar",
          "ganado",
          "gana",
          "premio",
          "dinero",
          "oferta",
          "vinci",
          "vinto",
          "offerta",
          "guadagna",
          "sconto",
          "ganhe",
          "ganhou",
          "dinheiro",
          "desconto",
          "prijs",
          "korting",
          "wygraj",
          "darmowe",
          "kazan",
          "bedava",
          "indirim");

  /** Hardly ever said in earnest where a hall asks. */
  private static final Set<String> BAIT =
      Set.of(
          "voucher",
          "vouchers",
          "lottery",
          "jackpot",
          "casino",
          "bitcoin",
          "crypto",
          "forex",
          "coupon",
          "promo",
          "giveaway",
          "ringtone",
          "ringtones",
          "viagra",
          "cialis",
          "followers",
          "freemsg",
          "gutschein",
          "gutscheine",
          "lotto",
          "gewinnspiel",
          "loterie",
          "loteria",
          "lotteria",
          "loterij");

  private static final Set<String> CALLS =
      Set.of(
          "call",
          "txt",
          "text",
          "reply",
          "rply",
          "send",
          "click",
          "visit",
          "subscribe",
          "unsubscribe",
          "order",
          "buy",
          "join",
          "follow",
          "dm",
          "whatsapp",
          "telegram",
          "collect",
          "verify",
          "chat",
          "shop",
          "klick",
          "klicken",
          "anrufen",
          "bestellen",
          "kaufen",
          "cliquez",
          "appelez",
          "achetez",
          "clic",
          "llama",
          "llame",
          "compra",
          "clicca",
          "chiama",
          "clique",
          "ligue",
          "compre",
          "bel",
          "koop",
          "kliknij",
          "tikla");

  private static final Set<String> HURRY =
      Set.of(
          "urgent",
          "hurry",
          "expires",
          "immediately",
          "asap",
          "tonight",
          "instantly",
          "final",
          "limited",
          "today",
          "now",
          "jetzt",
          "sofort",
          "maintenant",
          "ahora",
          "subito",
          "agora",
          "nu",
          "teraz",
          "hemen");

  private static final Pattern MONEY =
      Pattern.compile(
          "(?i)[£$€]\\s?+\\d|\\d\\s?+[£$€]|\\d\\s?+(?:pounds?|dollars?|euros?|usd|gbp|eur|bucks|quid)\\b");

  private static final Pattern PRICE_PER =
      Pattern.compile(
          "(?i)\\d{2,4}+p(?:pm|\\b|/)|\\d\\s?+(?:/|per |a"
              + " )(?:min|msg|message|sms|text|txt|wk|week|day)");

  /** A number to call, or a short code to send something to. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)(?<!\\d)\\+?+0?\\d(?:["
              + " -]?+\\d){9,13}+(?!\\d)|\\b(?:txt|text|send|sms|reply|rply|go)\\b.{0,40}\\b(?:to|2):?\\s?+(?!(?:19|20)\\d\\d\\b)\\d{4,6}+(?![\\d%])");

  /** What people say of what they have to show or to sell. */
  private static final Pattern PROMOTION =
      Pattern.compile(
          "(?i)\\b(?:subscribe|follow|check(?:ing|ed)?|visit|like|watch|add|dm|join|see|share)"
              + " (?:it |this |them )?(?:out )?(?:to |on |for |at )?(?:(?:my|our) (?:new |own"
              + " |latest )?"
              + "(?:channel|page|videos?|site|website|blog|profile|account|bio|music|songs?|shop|store"
              + "|link|youtube|insta(?:gram)?|twitter|tiktok|facebook|fb|onlyfans|etsy|gofundme)\\b|me"
              + " (?:on|at|back|now|out|for)\\b)|\\b(?:subscribe|sub) to"
              + " (?:me|my|us)\\b|\\bsub(?:scribe)? (?:4|for) sub\\b");

  private static final Pattern PITCH =
      Pattern.compile(
          "(?i)\\b(?:work(?:ing)? from home|(?:make|making|earn) (?:some |easy |fast |extra |real"
              + " |big )?money|passive income|get rich|financial freedom|100 ?%"
              + " (?:free|guaranteed|legit)|no (?:strings|credit check|obligation)|click"
              + " (?:here|below|the link|on the link)|(?:buy|order) now|sign up (?:now|today|for"
              + " free)|(?:lowest|best) prices?|free"
              + " (?:gift|entry|delivery|shipping|quote|download)s?)\\b");

  private static final Pattern SMALL_PRINT =
      Pattern.compile(
          "(?i)\\bt(?:&c|s\\s?(?:and|&)\\s?c|ncs?|n?cs?apply)|\\b1[68]\\s?\\+|\\bp\\.?\\s?o\\.?\\s?box|\\bopt["
              + " -]?out|\\bstop\\b.{0,20}\\b(?:texts?|msgs?|messages?)|\\b(?:text|reply|send|txt)\\s{1,2}\"?stop\\b");

  @Override
  public Optional<Reason> look(ScreenedText text) {
    return score(text) >= ENOUGH
        ? Reason.hold("spam", "It looks like advertising.")
        : Optional.empty();
  }

  private static int score(ScreenedText text) {
    List<Token> tokens = text.reading().tokens();
    Set<String> words = new HashSet<>();
    tokens.forEach(token -> words.add(token.word()));
    CharSequence plain = text.reading().plain();
    return worth(words.stream().anyMatch(LURES::contains), 1)
        + worth(words.stream().anyMatch(BAIT::contains), 2)
        + worth(words.stream().anyMatch(CALLS::contains), 1)
        + worth(words.stream().anyMatch(HURRY::contains), 1)
        + worth(isShouted(tokens), 1)
        + worth(!text.reading().links().isEmpty(), 1)
        + worth(MONEY.matcher(plain).find(), 1)
        + worth(NUMBER.matcher(plain).find(), 2)
        + worth(PRICE_PER.matcher(plain).find(), 1)
        + worth(PROMOTION.matcher(plain).find(), 3)
        + worth(PITCH.matcher(plain).find(), 2)
        + worth(SMALL_PRINT.matcher(plain).find(), 2);
  }

  private static int worth(boolean there, int points) {
    return there ? points : 0;
  }

  /** Two fifths of the longer words in capitals: more than abbreviations are. */
  private static boolean isShouted(List<Token> tokens) {
    int all = 0;
    int loud = 0;
    for (Token token : tokens) {
      if (token.written().length() >= 4 && Character.isLetter(token.written().charAt(0))) {
        all++;
        loud += token.written().chars().allMatch(Character::isUpperCase) ? 1 : 0;
      }
    }
    return loud >= SHOUTED_MIN && 5 * loud >= 2 * all;
  }
}
