package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** An organiser from the one-time link to the erased meeting, and who is in the rooms meanwhile. */
@Timeout(240)
class OrganiserIT extends InHall {
  private static final String AGENDA =
      """
      id,title,date,duration,room,speakers
      a1,Opening,2026-08-28 09:00,30,Berlin,Maria Okafor
      a2,Hot line,2026-08-28 10:00,60,Berlin,Ann Lee
      """;

  /** One red dot. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJ"
                  + "RU5ErkJggg==");

  private Page page;
  private String name;

  /** With a meeting of a name of its own; {@link KeyboardIT} arrives by the link of the set-up. */
  @BeforeEach
  void theOrganiserArrives(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    page = window(1280, 900);
    page.context()
        .addCookies(List.of(new Cookie("plenary", hall.organiser().token()).setUrl(address("/"))));
    page.navigate(address("/organise"));
    button("New meeting").click();
    page.locator("input[name=name]").fill(name);
    page.locator("input[name=startsOn]").fill("2026-08-28");
    page.locator("select[name=timeZone]").selectOption("Europe/Berlin");
    button("Create the meeting").click();
    assertThat(page.locator("h1")).hasText(name);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + hall.port + path;
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private Locator session(String title) {
    return page.locator(".session", new Page.LocatorOptions().setHasText(title));
  }

  private static FilePayload file(String name, String type, byte[] content) {
    return new FilePayload(name, type, content);
  }

  private void importAgenda(String csv) {
    button("Import agenda").click();
    page.locator("input[type=file]")
        .setInputFiles(file("agenda.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
  }

  /** A session that is live, and its join code. */
  private String live() {
    importAgenda(AGENDA);
    button("Import now").click();
    button("To the sessions").click();
    session("Opening").locator("select").selectOption("live");
    assertThat(page.locator("#toasts")).containsText("Opening: Live");
    return session("Opening").locator(".code").innerText();
  }

  private Page attendee(String code) {
    Page phone = window(390, 844);
    phone.navigate(address("/"));
    phone.locator("input").first().fill(code);
    phone.keyboard().press("Enter");
    assertThat(phone.locator(".mark")).containsText("Live");
    return phone;
  }

  private static void ask(Page phone, String text) {
    phone.locator("#ask").fill(text);
    phone.locator("button.send").click();
  }

  @Test
  void anAgendaIsPreviewedImportedAndImportedAgain() {
    importAgenda(AGENDA);
    assertThat(page.locator(".counts .good dd")).hasText("2");
    assertThat(page.locator(".changes")).containsText("Hot line");
    button("Import now").click();
    assertThat(page.locator("[role=status] h2")).hasText("2 sessions imported");
    importAgenda(AGENDA.replace("Hot line", "Hot line: heart failure"));
    assertThat(page.locator(".counts .warn dd")).hasText("1");
    assertThat(page.locator(".change-change")).containsText("Hot line: heart failure");
    assertThat(page.locator(".change-change .fields")).hasText("title");
    button("Import now").click();
    button("To the sessions").click();
    assertThat(page.locator(".session")).hasCount(2);
    assertThat(session("Hot line: heart failure")).containsText("Ann Lee");
    importAgenda("slot: [1, 2\n");
    assertThat(page.locator("[role=alert]")).containsText("The first line of the CSV must name");
  }

  @Test
  void aSessionIsWrittenAndChangedByHand() {
    button("Sessions").click();
    button("With time and speakers …").click();
    Locator dialog = page.locator("#session");
    dialog.locator("[name=title]").fill("Late breaking");
    dialog.locator("[name=startsAt]").fill("2026-08-28T11:30");
    dialog.locator("[name=endsAt]").fill("2026-08-28T12:00");
    dialog.locator("[name=speakers]").fill("Maria Okafor\nAnn Lee");
    dialog.locator("button.primary").click();
    assertThat(session("Late breaking")).containsText("11:30");
    assertThat(session("Late breaking")).containsText("Maria Okafor, Ann Lee");

    button("Edit Late breaking").click();
    assertThat(dialog.locator("[name=startsAt]")).hasValue("2026-08-28T11:30");
    dialog.locator("[name=endsAt]").fill("2026-08-28T11:00");
    dialog.locator("button.primary").click();
    assertThat(dialog.locator("[role=alert]")).isVisible();
    dialog.locator("[name=endsAt]").fill("2026-08-28T12:15");
    dialog.locator("[name=room]").fill("Berlin");
    dialog.locator("button.primary").click();
    assertThat(session("Late breaking")).containsText("12:15");
    assertThat(session("Late breaking")).containsText("Berlin");
    button("Undo").click();
    assertThat(session("Late breaking")).not().containsText("Berlin");
  }

  @Test
  void anInvitationIsOpenedElsewhereAndWithdrawn() {
    live();
    button("People and screens").click();
    page.locator(".row-form input[name=name]").fill("Anna Lindqvist");
    page.locator(".row-form select[name=session]").selectOption("Opening");
    button("Make a link").click();
    assertThat(page.locator(".made svg.qr")).isVisible();
    String link = page.locator("#link").inputValue();
    Assertions.assertThat(link).contains("/invite#");
    assertThat(page.locator(".people li")).containsText("Not used yet");

    Page moderator = window(1440, 900);
    moderator.navigate(link);
    moderator.locator("button.primary").click();
    moderator.waitForURL(url -> url.contains("/moderate/"));
    assertThat(moderator.locator(".mark")).containsText("Live");
    page.reload();
    assertThat(page.locator(".people li")).containsText("Accepted");

    button("Withdraw").click();
    assertThat(page.locator(".people li")).containsText("Withdrawn");
    assertThat(moderator.locator(".mark-live")).hasCount(0);
    moderator.reload();
    assertThat(moderator.locator("h1")).not().hasText("Opening");
  }

  @Test
  void rulesAndLookReachThePhonesAtOnce() {
    Page phone = attendee(live());
    String before = accent(phone);
    button("Rules").click();
    page.locator("input[name=moderation][value=off]").check();
    button("Save").click();
    assertThat(page.locator("#toasts")).containsText("Saved");
    ask(phone, "Is this public at once?");
    assertThat(phone.locator(".questions")).containsText("Is this public at once?");
    page.locator("input[name=privacy]").fill("https://cardio.example/privacy");
    button("Save").click();
    assertThat(phone.locator(".foot").getByText("Privacy"))
        .hasAttribute("href", "https://cardio.example/privacy");

    button("Look").click();
    page.locator(".hex").first().fill("#ff8800");
    page.locator(".hex").first().press("Tab");
    assertThat(page.locator(".picker").first()).containsText("1.99 : 1 is too little");
    assertThat(button("Save")).isDisabled();
    page.locator(".picker button.link").first().click();
    assertThat(page.locator(".picker").first()).containsText("4.54 : 1");
    button("Save").click();
    page.locator("input[type=file]").setInputFiles(file("logo.png", "image/png", PNG));
    assertThat(phone.locator("img.meeting-logo")).isVisible();
    Assertions.assertThat(accent(phone)).isNotEqualTo(before).isEqualTo("rgb(161, 86, 0)");
  }

  /** The colour that the page's accent comes to. */
  private static String accent(Page phone) {
    return phone
        .evaluate(
            """
            () => {
              const probe = document.body.appendChild(document.createElement('i'));
              probe.className = 'link';
              const colour = getComputedStyle(probe).color;
              probe.remove();
              return colour;
            }
            """)
        .toString();
  }

  @Test
  void allRoomsAreSeenTakenAwayAndErased() throws IOException {
    Page phone = attendee(live());
    ask(phone, "=Is this recorded?");
    assertThat(phone.locator(".mine")).containsText("Received, in review");
    button("Rooms now").click();
    Locator room = page.locator(".room");
    assertThat(room).containsText("Opening");
    assertThat(room.locator(".tallies .waiting dd")).hasText("1");
    assertThat(room.locator(".tallies dd").first()).hasText("1");
    assertThat(page.locator(".rooms-head .mark"))
        .containsText(Pattern.compile("as of \\d\\d:\\d\\d:\\d\\d"));

    button("Export and end").click();
    Download export = page.waitForDownload(() -> page.getByLabel("Questions as CSV").click());
    Assertions.assertThat(Files.readString(export.path())).contains("'=Is this recorded?");

    page.locator("input[name=name]").fill("Cardio 2027");
    page.locator("input[name=startsOn]").fill("2027-08-27");
    page.getByText("with the agenda").click();
    button("Make it").click();
    assertThat(page.locator("h1")).hasText("Cardio 2027");
    button("To the sessions").click();
    assertThat(session("Opening")).containsText("Aug 27, 09:00");

    page.locator(".meetings").getByText(name).click();
    button("Export and end").click();
    button("Erase …").click();
    assertThat(button("Erase it")).isDisabled();
    page.locator("#erase input").fill(name);
    button("Erase it").click();
    assertThat(page.locator("#toasts")).containsText(name + " was erased");
    assertThat(page.locator("h1")).hasText("Cardio 2027");
    assertThat(phone.locator("h1")).hasText("This meeting was removed");
    Assertions.assertThat(phone.evaluate("Object.keys(localStorage).join()").toString())
        .doesNotContain("plenary.seen", "plenary.last");
    phone.reload();
    assertThat(phone.locator("h1")).hasText("There is no session with this code");
  }
}
