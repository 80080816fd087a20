package plenary.browser;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import plenary.support.Browsers;
import plenary.support.TestServer;

/** One browser and one node for all classes that want nothing special of either. */
final class House implements AutoCloseable {
  final Browsers browsers = Browsers.open();
  final TestServer server = TestServer.start();

  /** Every test's hall is another session of this one's meeting. */
  final Hall first = new Hall(server.port());

  @Override
  public void close() {
    browsers.close();
    server.close();
  }

  /** Opens it for the first class that comes; it is closed after the last test of all. */
  static final class Door implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      InHall.house =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.create(House.class))
              .getOrComputeIfAbsent(House.class, key -> new House(), House.class);
    }
  }
}
