package plenary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direction of the packages, as docs/architecture.md draws it. */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "plenary");

  /** What features stand on. Everything else below the root is a feature. */
  private static final Set<String> KERNEL =
      Set.of("problem", "identity", "config", "log", "database", "live", "web");

  /** The only classes that may reach into Vert.x: no public way does what they do. */
  private static final Set<String> INSIDE_VERTX =
      Set.of("plenary.live.HardClose", "plenary.live.FrameWriter");

  private static final Pattern SQL =
      Pattern.compile(
          "\"\"\"\\s*(select|insert into|update|delete from|with|merge into|create|alter|lock)\\s",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> NOT_OUR_WORDS =
      Set.of("Impl", "Manager", "Helper", "Util", "Utils", "Service", "Base");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("plenary");

  @Test
  void theKernelKnowsNoFeature() {
    noClasses()
        .that(
            DescribedPredicate.<JavaClass>describe(
                "are of the kernel", type -> KERNEL.contains(feature(type))))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are of a feature",
                type -> !feature(type).isEmpty() && !KERNEL.contains(feature(type))))
        .check(CLASSES);
  }

  @Test
  void noFeatureUsesAnothersStore() {
    List<String> wrong =
        CLASSES.stream()
            .filter(type -> !type.getPackageName().equals("plenary"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> isStore(use.getTargetClass()))
            .filter(use -> !KERNEL.contains(feature(use.getTargetClass())))
            .filter(use -> !feature(use.getOriginClass()).equals(feature(use.getTargetClass())))
            .map(Dependency::getDescription)
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void thePackagesHaveNoCycle() {
    slices()
        .matching("plenary.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingReachesIntoVertxButTheNamedClasses() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not allowed to", type -> !INSIDE_VERTX.contains(outermost(type).getName())))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.vertx..impl..").or(resideInAPackage("io.vertx..internal..")))
        .check(CLASSES);
  }

  @Test
  void onlyStoresAndTheDatabasePackageHaveSql() throws IOException {
    assertThat(sources(path -> !isSqlsPlace(path) && SQL.matcher(text(path)).find())).isEmpty();
  }

  @Test
  void theSqlRuleFindsSql() {
    assertThat(SQL.matcher("x = \"\"\"\n      SELECT id FROM question").find()).isTrue();
    assertThat(SQL.matcher("x = \"\"\"\n      with a look at the clock").find()).isTrue();
    assertThat(SQL.matcher("x = \"\"\"\n      usage: plenary").find()).isFalse();
  }

  @Test
  void everyPackageRefusesNulls() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> all = Files.walk(SOURCES)) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        try (Stream<Path> inside = Files.list(folder)) {
          if (inside.anyMatch(path -> path.toString().endsWith(".java"))) {
            folders.add(folder);
          }
        }
      }
    }

    assertThat(folders)
        .allSatisfy(
            folder ->
                assertThat(text(folder.resolve("package-info.java"))).contains("@NullMarked"));
  }

  @Test
  void noNameHidesWhatAClassIs() throws IOException {
    assertThat(
            sources(
                path -> {
                  String name = path.getFileName().toString().replace(".java", "");
                  return NOT_OUR_WORDS.stream().anyMatch(name::endsWith);
                }))
        .isEmpty();
  }

  private static boolean isSqlsPlace(Path path) {
    return path.getFileName().toString().endsWith("Store.java")
        || path.startsWith(SOURCES.resolve("database"));
  }

  private static boolean isStore(JavaClass type) {
    return outermost(type).getSimpleName().endsWith("Store")
        && type.getPackageName().startsWith("plenary.");
  }

  /** The first package below the root; empty for the root itself and for others' classes. */
  private static String feature(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    return parts.length > 1 && parts[0].equals("plenary") ? parts[1] : "";
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
  }

  private static List<Path> sources(Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.toString().endsWith(".java")).filter(wanted).toList();
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
