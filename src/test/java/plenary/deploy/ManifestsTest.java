package plenary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests are valid and keep our rules; no cluster is needed to know. */
class ManifestsTest {
  private static final Path BASE = Path.of("k8s", "base");

  @Test
  void everyManifestLoadsStrictlyAndKeepsTheRules() throws IOException {
    assertThat(Policy.violations(Manifest.load(base()))).isEmpty();
  }

  @Test
  void everyFileOfAFolderIsInItsKustomization() throws IOException {
    Object listed =
        ((Map<?, ?>)
                new Load(LoadSettings.builder().build())
                    .loadFromString(Files.readString(BASE.resolve("kustomization.yaml"))))
            .get("resources");

    assertThat(listed)
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsExactlyInAnyOrderElementsOf(
            files().stream().map(path -> path.getFileName().toString()).toList());
  }

  /** The negative controls: each change must be found. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runAsNonRoot: true | runAsNonRoot: false | may run as root
          readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | file system is writable
          allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | may be escalated
          drop: ["ALL"] | drop: ["CHOWN"] | capabilities
          path: /readyz | path: /healthz | readinessProbe does not ask /readyz
          image: plenary:0.1.0 | image: plenary:latest | no fixed tag
          image: plenary:0.1.0 | image: plenary | no fixed tag
          PLENARY_LIVE_DRAIN_MS: "10000" | PLENARY_LIVE_DRAIN_MS: "60000" | grace of 45 s
          terminationGracePeriodSeconds: 45 | terminationGracePeriodSeconds: 20 | grace of 20 s
          PLENARY_HTTP_PORT: | PLENARY_HTTP_PROT: | variable PLENARY_HTTP_PROT
          containerPort: 8080 | containerPort: 8090 | port http is not
          targetPort: http | targetPort: htp | no container has
          enableServiceLinks: false | enableServiceLinks: true | look like configuration
          maxUnavailable: 0 | maxUnavailable: 1 | before others are there
          PLENARY_LIVE_DRAIN_MS: | PLENARY_SETUP_TOKEN: | is in a ConfigMap
          PLENARY_DATABASE_URL_FILE | PLENARY_DATABASE_URL | written out
          automountServiceAccountToken: false | automountServiceAccountToken: true | token
          ["Ingress", "Egress"] | ["Ingress"] | a direction open
          """)
  void aBrokenRuleIsFound(String good, String bad, String violation) throws IOException {
    String broken = base().replace(good, bad);

    assertThat(broken).isNotEqualTo(base());
    assertThat(Policy.violations(Manifest.load(broken)))
        .anyMatch(found -> found.contains(violation));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          revisionHistoryLimit: 5 | revisionHistoryLimits: 5
          periodSeconds: 2 | periodsSeconds: 2
          containerPort: 8080 | containerPrt: 8080
          maxReplicas: 6 | maxReplica: 6
          policyTypes: | policyType:
          minReplicas: 2 | minReplicas: two
          """)
  void anUnknownAMissingOrAWrongFieldDoesNotLoad(String good, String bad) throws IOException {
    String broken = base().replace(good, bad);

    assertThat(broken).isNotEqualTo(base());
    assertThatThrownBy(() -> Manifest.load(broken)).isInstanceOf(RuntimeException.class);
  }

  private static String base() throws IOException {
    return files().stream().map(ManifestsTest::text).collect(Collectors.joining("\n---\n"));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(BASE)) {
      return all.filter(path -> !path.endsWith("kustomization.yaml")).sorted().toList();
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
