package plenary.screening;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names a publication, a trial, a researcher or a page: full of digits, and nothing about a
 * patient. Patterns are possessive or bounded, so that none goes over a text more than a few times.
 */
final class References {
  private static final List<Pattern> KINDS =
      List.of(
          Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S++"),
          // DOI (ISO 26324), with or without its prefix.
          Pattern.compile("\\b10\\.\\d{4,9}/\\S++"),
          Pattern.compile("(?i)\\barxiv:\\s?\\S{4,20}+"),
          // Registers of trials: ClinicalTrials.gov, ISRCTN, EudraCT, DRKS, ChiCTR, ACTRN, UMIN.
          Pattern.compile(
              "(?i)\\b(?:NCT|ISRCTN|DRKS|ACTRN|ChiCTR[-a-z]{0,6}|UMIN|CTRI/|jRCT[a-z]?)\\d{5,16}+"),
          Pattern.compile("\\b20\\d\\d-\\d{6}-\\d\\d(?:-\\d\\d)?+\\b"),
          Pattern.compile("(?i)\\bPMC ?\\d{4,9}+"),
          Pattern.compile("(?i)\\b(?:PMID|PubMed(?: ID)?+)[\\s:#]{0,3}+\\d{4,9}+"),
          Pattern.compile("(?i)\\b(?:ISBN|ISSN)(?:-1[03])?+[\\s:]{0,3}+[\\dX-]{8,17}+"),
          // ORCID; its check digit (ISO 7064, MOD 11-2) is looked at below.
          Pattern.compile("\\b\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]\\b"));

  private References() {}

  static CharSequence blanked(CharSequence text) {
    if (text.chars().noneMatch(c -> c >= '0' && c <= '9' || c == '/')) {
      return text;
    }
    StringBuilder blanked = new StringBuilder(text);
    for (Pattern kind : KINDS) {
      Matcher matcher = kind.matcher(text);
      while (matcher.find()) {
        boolean orcid = kind == KINDS.getLast();
        if (!orcid || Checksums.isOrcid(matcher.group())) {
          for (int i = matcher.start(); i < matcher.end(); i++) {
            blanked.setCharAt(i, ' ');
          }
        }
      }
    }
    return blanked.toString();
  }
}
