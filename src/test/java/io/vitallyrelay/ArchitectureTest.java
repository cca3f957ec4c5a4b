package io.vitallyrelay;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.TokenStreamFactory;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.vitallyrelay.app.SettingsFiles;
import io.vitallyrelay.demo.Main;
import io.vitallyrelay.message.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages depend downwards only, and frameworks stay at the edge. Rules also hold for packages yet to come. */
class ArchitectureTest {
    private static final Pattern CLASS_FILE = Pattern.compile("/(io/vitallyrelay/[^$]*)(\\$.*)?\\.class$");
    /** Those of the service and of the workshop, and not those of the tests, which are compiled with the workshop. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> isIn("src/main/java", location) || isIn("src/workshop/java", location))
            .importPackages("io.vitallyrelay");

    // packages of one level may use one another, as far as that makes no cycle
    private static final String MIDDLE = "message disk spool delivery source sink ledger letters users";
    private static final String UPPER = MIDDLE + " console cli";

    @ParameterizedTest(name = "{0} uses nothing but {1}")
    @CsvSource({
        "message, message",
        "disk, disk",
        "settings, settings",
        "sandbox, sandbox",
        "sample, sample",
        "spool, message disk spool",
        "delivery, " + MIDDLE,
        "source, message disk spool source",
        "sink, message disk spool source sink",
        "ledger, " + MIDDLE,
        "letters, message disk spool source letters",
        "users, disk users",
        "console, " + UPPER,
        "cli, " + UPPER,
        "demo, demo sample cli ledger",
        "app, app settings " + UPPER
    })
    void packagesDependDownwardsOnly(String user, String used) {
        String[] allowed =
                Arrays.stream(used.split(" ")).map(ArchitectureTest::packageOf).toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(packageOf(user)))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vitallyrelay..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theRulesLookAtServiceAndWorkshopAndNotAtTests() {
        assertThat(CLASSES.contain(SettingsFiles.class)).isTrue();
        assertThat(CLASSES.contain(Main.class)).isTrue();
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void anEngineOfTheSpoolIsKnownToTheWiringAlone() {
        noClasses()
                .that(not(resideInAnyPackage("io.vitallyrelay.spool.*..", "io.vitallyrelay.app..")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.vitallyrelay.spool.*.."))
                .check(CLASSES);
    }

    @Test
    void theInterfaceOfTheSpoolKnowsMessagesAndNoStore() {
        noClasses()
                .that(resideInAPackage("io.vitallyrelay.spool"))
                .should()
                .dependOnClassesThat(
                        resideOutsideOfPackages("java..", "io.vitallyrelay.message", "io.vitallyrelay.spool"))
                .check(CLASSES);
    }

    /** An operator of jq is handed a mapper that it does not use, and the sandbox must not read as the service does. */
    @Test
    void jsonIsReadAndWrittenInOneWay() {
        noClasses()
                .that(not(belongToAnyOf(Json.class)))
                .and(not(simpleName("BoundedOperator")))
                .and(not(resideInAPackage("io.vitallyrelay.sandbox")))
                .should()
                .dependOnClassesThat(assignableTo(ObjectCodec.class).or(assignableTo(TokenStreamFactory.class)))
                .orShould()
                .dependOnClassesThat(assignableTo(ObjectWriter.class).or(resideInAPackage("io.vertx.core.json..")))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.vitallyrelay.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void sourcesAndSinkShareOnlyWhatAllOfThemDo() {
        slices().matching("io.vitallyrelay.(source.*|sink)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        alwaysTrue(), resideInAnyPackage("io.vitallyrelay.source.text", "io.vitallyrelay.source.camel"))
                .check(CLASSES);
    }

    @Test
    void frameworksStayAtTheEdge() {
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.vitallyrelay..camel..",
                        "io.vitallyrelay.app..",
                        "io.vitallyrelay.console..",
                        "io.vitallyrelay.sample..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.apache.camel..",
                        "io.quarkus..",
                        "jakarta..",
                        "org.eclipse.microprofile..",
                        "io.micrometer.."))
                .check(CLASSES);
    }

    private static boolean isIn(String sources, Location location) {
        Matcher file = CLASS_FILE.matcher(location.asURI().toString());
        return file.find() && Files.exists(Path.of(sources, file.group(1) + ".java"));
    }

    private static String packageOf(String name) {
        return "io.vitallyrelay." + name + "..";
    }
}
