package io.vitallyrelay;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages depend downwards only, and frameworks stay at the edge. Rules also hold for packages yet to come. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vitallyrelay");

    // packages of one level may use one another, as far as that makes no cycle
    private static final String MIDDLE = "message disk spool delivery source sink ledger";
    private static final String UPPER = MIDDLE + " console cli sample";

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
        "console, " + UPPER,
        "cli, " + UPPER,
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

    private static String packageOf(String name) {
        return "io.vitallyrelay." + name + "..";
    }
}
