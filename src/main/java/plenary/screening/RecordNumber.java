package plenary.screening;

import java.util.Optional;
import java.util.regex.Pattern;

/** The number of a record, a case, a plan or an account, after the word for it. */
final class RecordNumber implements Rule {
  private static final String FILLERS =
      "(?:[\\s:;#.=(\\u00ba\\u00b0-]{0,4}+(?:number|no|nr|num|id|ids|is|was|code|identifier|numero|num[eé]ro|número|nummer|n|of|for|:)(?![\\p{L}\\d])){%s}";

  private static final String CODE =
      "[\\s:;#.=(\\u00ba\\u00b0-]{0,5}+(?=[\\p{Lu}\\d -]{0,8}\\d)((?:\\p{Lu}{1,6}+[-"
          + " ]?+)?+(?:\\d[\\d-]{%d,24}+)(?:[ -]?+[\\p{Lu}\\d]{1,8}+)?+)";

  /** Words that name nothing else. */
  private static final Pattern RECORD =
      pattern(
          "mrn|m\\.r\\.n|mrno|medical record|health record|patient"
              + " (?:id|no|number|identifier)|hospital (?:no|number|id)|chart"
              + " (?:no|number|id)|chart|record (?:no|number|id)|beneficiary|(?:health )?plan"
              + " (?:id|no|number)|member (?:id|no|number)|policy (?:no|number|id)|insurance"
              + " (?:id|no|number)|account (?:id|no|number)|acct|ssn|social security|nhs"
              + " (?:no|number)|npi|bsn|burgerservicenummer|passport|driver'?s"
              + " licen[sc]e|licen[sc]e (?:no|number|plate)|case"
              + " (?:no|number|id)|specimen|accession|device serial|serial"
              + " (?:no|number)|nhc|nass|historia cl[ií]nica|n[uú]mero de historia|tarjeta"
              + " sanitaria|dni|nie|ncol|nºcol"
              + "|patientennummer|patientennr|patienten-id|fallnummer|fallnr|versichertennummer|krankenversicherungsnummer|aktenzeichen|num[eé]ro"
              + " de dossier|n° de dossier|dossier|s[eé]curit[eé] sociale|ipp|nir|cartella"
              + " clinica|tessera sanitaria|codice paziente|prontu[aá]rio|cart[aã]o sus|processo"
              + " cl[ií]nico|utente|pati[eë]ntnummer|dossiernummer|polisnummer|pesel|nr"
              + " historii|kimlik(?: no)?|protokol no",
          0,
          3);

  /** Words that name much else too, so that the number has to be long and be called one. */
  private static final Pattern NUMBERED =
      pattern("patient|case|file|member|policy|plan|insurance|account|record|id|subject", 0, 4);

  /** What other things have an id. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)(?:pubmed|trial|study|doi|zoom|meeting|webinar|session|slide|poster|abstract|protocol|teams|event|registry|grant|gene|entrez|snp)\\s{0,2}$");

  private static Pattern pattern(String words, int fillersMin, int digitsMin) {
    return Pattern.compile(
        "(?<![\\p{L}\\d])(?i:"
            + words
            + ")(?![\\p{L}\\d])(?i:"
            + FILLERS.formatted(fillersMin + ",3")
            + ")"
            + CODE.formatted(digitsMin),
        Pattern.UNICODE_CASE);
  }

  @Override
  public Optional<Reason> look(ScreenedText text) {
    CharSequence plain = text.reading().plain();
    return isFound(RECORD, plain, 4) || isFound(NUMBERED, plain, 5)
        ? Reason.hold("record-number", "It seems to hold the number of a record or a policy.")
        : Optional.empty();
  }

  private static boolean isFound(Pattern pattern, CharSequence plain, int digitsMin) {
    var matcher = pattern.matcher(plain);
    while (matcher.find()) {
      String code = matcher.group(1);
      long digits = code.chars().filter(c -> c >= '0' && c <= '9').count();
      var before = OTHER.matcher(plain).region(Math.max(0, matcher.start() - 20), matcher.start());
      if (digits >= digitsMin && !isYears(code) && !before.find()) {
        return true;
      }
    }
    return false;
  }

  /** "Record 2010-2015". */
  private static boolean isYears(String code) {
    return code.matches("(?:19|20)\\d\\d(?:-(?:19|20)?\\d\\d)?");
  }
}
