package plenary.meeting.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static plenary.meeting.agenda.AgendaFiles.only;
import static plenary.meeting.agenda.AgendaFiles.read;
import static plenary.meeting.agenda.AgendaFiles.refusal;

import org.junit.jupiter.api.Test;
import plenary.problem.Failure;

class HubAndSessionizeTest {
  @Test
  void hubReferencesMayBeTextsObjectsOrNothing() {
    Agenda agenda =
        read(
            """
            {"schedule": {"conference": {"title": {"de": "Kongress"},
              "tracks": [{"slug": "sec", "name": "Security"}],
              "rooms": [{"guid": "r1", "name": "Saal 1"}], "days": []},
             "events": [
              {"guid": "1", "title": "a", "track": "sec", "room": {"guid": "r1"}, "start": null},
              {"guid": "2", "title": "b", "track": {"slug": "none"}, "room": null},
              {"guid": "3", "title": "c", "track": "Free", "room": "Lobby",
               "description": {"de": "Hallo", "en": "Hello"},
               "start": "2026-05-02T09:00:00+02:00", "duration": "00:20"}]}}\
            """);
    assertThat(agenda.title()).isEqualTo("Kongress");
    assertThat(agenda.items()).extracting(Item::track).containsExactly("Security", "none", "Free");
    assertThat(agenda.items()).extracting(Item::room).containsExactly("Saal 1", null, "Lobby");
    assertThat(agenda.items().getLast().abstractText()).isEqualTo("Hello");
    assertThat(agenda.items().getLast().endsAt()).isEqualTo("2026-05-02T07:20:00Z");
    assertThat(agenda.warnings()).hasSize(1);
  }

  @Test
  void sessionizeKeepsServiceSessionsAndDraftsAndWarnsOfUnknownSpeakers() {
    Agenda agenda =
        read(
            """
            {"sessions": [
              {"id": "1", "title": "Lunch", "isServiceSession": true, "speakers": [],
               "startsAt": "2026-10-25T02:30:00", "endsAt": "2026-10-25T03:30:00", "roomId": 9},
              {"id": 2, "title": "Draft", "speakers": ["nobody"], "startsAt": null, "roomId": null},
              {"id": "3", "title": "Zulu", "startsAt": "2026-10-25T08:00:00Z", "endsAt": null}],
             "speakers": [], "rooms": [{"id": 9, "name": "Foyer"}], "categories": []}\
            """);
    assertThat(agenda.items()).extracting(Item::externalId).containsExactly("1", "2", "3");
    Item lunch = agenda.items().getFirst();
    assertThat(lunch.startsAt()).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(lunch.endsAt()).isEqualTo("2026-10-25T02:30:00Z");
    assertThat(lunch.room()).isEqualTo("Foyer");
    assertThat(agenda.items().get(1).startsAt()).isNull();
    assertThat(agenda.items().get(2).startsAt()).isEqualTo("2026-10-25T08:00:00Z");
    assertThat(agenda.warnings()).extracting(Warning::message).anyMatch(m -> m.contains("nobody"));
    assertThat(agenda.warnings()).extracting(Warning::message).anyMatch(m -> m.contains("twice"));
  }

  @Test
  void sessionizeGridAndSessionViewsAreRead() {
    Agenda grid =
        read(
            """
            [{"date": "2026-05-02T00:00:00", "rooms": [{"id": 1, "name": "Hall", "sessions": [
              {"id": "1", "title": "a", "startsAt": "2026-05-02T09:00:00",
               "endsAt": "2026-05-02T09:30:00", "speakers": [{"id": "x", "name": "Ann Lee"}],
               "room": "Hall", "roomId": 1, "categories": [
                {"id": 5, "name": "Track", "categoryItems": [{"id": 6, "name": "Heart"}]}]}]}]}]\
            """);
    assertThat(only(grid).speakers()).containsExactly("Ann Lee");
    assertThat(only(grid).track()).isEqualTo("Heart");
    assertThat(only(grid).room()).isEqualTo("Hall");
    Agenda groups =
        read("[{\"groupId\": null, \"groupName\": \"All\", \"sessions\": [{\"title\": \"a\"}]}]");
    assertThat(only(groups).title()).isEqualTo("a");
  }

  @Test
  void sessionizeNamesThePathOfAnUnreadableTime() {
    Failure failure =
        refusal("{\"sessions\": [{\"title\": \"a\", \"startsAt\": \"yesterday\"}], \"rooms\": []}");
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure.detail()).contains("$.sessions[0].startsAt");
  }

  @Test
  void aListOfPapersIsNoAgenda() {
    assertThat(refusal("[{\"title\": \"a\", \"authors\": [\"b\"]}]").status()).isEqualTo(415);
    assertThat(refusal("[]").status()).isEqualTo(415);
    assertThat(refusal("{\"schedule\": 5}").status()).isEqualTo(415);
    assertThat(refusal("{\"sessions\": [{\"title\": \"a\"}]}").status()).isEqualTo(415);
  }
}
