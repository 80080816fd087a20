package plenary.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JoinedTest {
  @Test
  void modulesShareNothingButWhatTheyExport() {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("core", "const e=1;export{e as one};\n//# sourceMappingURL=core.js.map");
    modules.put(
        "more/twice", "import{one as r}from\"../core.js\";const e=r+r;export{e as two,r as same};");

    assertThat(Joined.of(Map.of(), modules))
        .isEqualTo(
            """
            const m0=(()=>{const e=1;return{one:e,};})();
            const m1=(()=>{const{one:r}=m0;const e=r+r;return{two:e,same:r,};})();
            export const{one,two,same}={...m0,...m1};
            """);
  }
}
