package plenary.screening;

import java.util.Optional;
import java.util.Set;

/**
 * A site that nobody linked to before, and now several do. Where research is published, they may.
 */
final class SharedLink implements Rule {
  /** With the author of this text, three. */
  private static final int OTHERS_MAX = 1;

  private static final Set<String> KNOWN =
      Set.of(
          "doi.org",
          "dx.doi.org",
          "nih.gov",
          "clinicaltrials.gov",
          "who.int",
          "cdc.gov",
          "fda.gov",
          "europa.eu",
          "nice.org.uk",
          "nhs.uk",
          "cochrane.org",
          "cochranelibrary.com",
          "nejm.org",
          "thelancet.com",
          "jamanetwork.com",
          "bmj.com",
          "nature.com",
          "science.org",
          "sciencedirect.com",
          "springer.com",
          "wiley.com",
          "ahajournals.org",
          "acc.org",
          "escardio.org",
          "medrxiv.org",
          "biorxiv.org",
          "arxiv.org",
          "plos.org",
          "oup.com",
          "academic.oup.com",
          "tandfonline.com",
          "frontiersin.org",
          "mdpi.com",
          "orcid.org",
          "zenodo.org",
          "osf.io",
          "uptodate.com",
          "wikipedia.org");

  @Override
  public Optional<Reason> look(ScreenedText text) {
    Context context = text.context();
    if (context == null || context.author().isKnown()) {
      return Optional.empty();
    }
    for (String link : text.reading().links()) {
      RecentTexts.Before before =
          context.recent().linking(link, context.author().id(), context.now());
      if (before.others() > OTHERS_MAX && !isKnown(link)) {
        return Reason.hold("shared-link", "Several people link to a site that is new here.");
      }
    }
    return Optional.empty();
  }

  private static boolean isKnown(String link) {
    return KNOWN.stream().anyMatch(known -> link.equals(known) || link.endsWith('.' + known));
  }
}
