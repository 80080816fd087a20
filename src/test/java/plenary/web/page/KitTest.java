package plenary.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KitTest {
  private final Map<String, Asset> files = new HashMap<>();

  @Test
  void modulesAreServedWithoutWhatNobodyRuns() {
    file(
        "ui/one.js",
        """
        // @ts-check
        /** What it is. */

        import { html } from 'lit-html';

        /* ---- part ---- */

        /** @param {string} name */
        export function one(name) {
          /** @type {HTMLElement} */ (document.body)?.focus();
          // Said twice: "//" and /* are no comments here.
          return html`<a href="https://x">${name} /* is */ </a>`;
        }
        """);
    file(
        "pages/two.js",
        """
        import { one } from '../ui/one.js';
        export const two = () => one('a');
        const later = () => import('./two/three.js');
        """);

    Kit kit = new Kit("lib/plenary/test.js", List.of("ui/one.js", "pages/two.js"));

    assertThat(Joined.of(Map.of("lit-html", "k"), kit.published(files)))
        .isEqualTo(
            """
            const m0=(()=>{const{html}=k;function one(name) {
            (document.body)?.focus();
            return html`<a href="https://x">${name} /* is */ </a>`;
            }
            return{one:one,};})();
            const m1=(()=>{const{one}=m0;const two = () => one('a');
            const later = () => import('../../pages/two/three.js');
            return{two:two,};})();
            export const{one,two}={...m0,...m1};
            """);
  }

  @Test
  void aModuleWhoseExportsChangeIsNotCopied() {
    file("ui/one.js", "export let one = 1;\n");

    assertThatThrownBy(() -> new Kit("x.js", List.of("ui/one.js")).published(files))
        .hasMessageContaining("export let one");
  }

  private void file(String path, String text) {
    files.put(path, Asset.of(path, text.getBytes(StandardCharsets.UTF_8)));
  }
}
