package plenary.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import plenary.support.Cable;

/** Each test has a session and windows of its own, and no page may have thrown anything. */
@ExtendWith(House.Door.class)
abstract class InHall {
  static House house;

  final List<String> faults = new ArrayList<>();
  private final List<Page> windows = new ArrayList<>();
  private final Map<Page, Cable> cables = new HashMap<>();
  Hall hall;

  @BeforeEach
  void another() {
    hall = house.first.another();
  }

  @AfterEach
  void everybodyLeaves() throws IOException {
    windows.forEach(each -> each.context().close());
    for (Cable cable : cables.values()) {
      cable.close();
    }
    Assertions.assertThat(faults).isEmpty();
  }

  final Page window(int width, int height) {
    Page page = house.browsers.window(width, height, 1);
    page.onPageError(faults::add);
    windows.add(page);
    return page;
  }

  /** A page of somebody with a role. */
  final Page window(String role, String name, int width, int height) {
    Page page = window(width, height);
    hall.enter(page, role, name, hall.port);
    return page;
  }

  final Page moderator(String name, int width, int height) {
    Page page = window("moderator", name, width, height);
    assertThat(page.locator(".mark")).containsText("Live");
    return page;
  }

  /** The network of one window, which can be cut. */
  final Cable cable(Page page) {
    return cables.computeIfAbsent(page, key -> new Cable(house.server.port()));
  }
}
