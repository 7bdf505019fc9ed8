package io.zhiwen.ingest.parse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What parses foreign bytes runs in the worker only, so the product starts without it.
class WorkerBoundaryTests {

    private static final String WORKER = "io.zhiwen.ingest.parse.worker..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.zhiwen.ingest");

    @Test
    void onlyTheWorkerKnowsTheParsers() {
        noClasses()
                .that(not(resideInAPackage(WORKER)))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "org.apache.tika..",
                                "org.apache.poi..",
                                "org.apache.pdfbox..",
                                "org.apache.james..",
                                "org.jsoup..",
                                "org.commonmark.."))
                .check(CLASSES);
    }

    @Test
    void theMainProcessUsesOnlyThePipe() {
        noClasses()
                .that(not(resideInAPackage(WORKER)))
                .should()
                .dependOnClassesThat(resideInAPackage(WORKER).and(not(thePipe())))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> thePipe() {
        return DescribedPredicate.describe(
                "the pipe",
                c ->
                        c.getName().startsWith("io.zhiwen.ingest.parse.worker.Frames")
                                || c.getSimpleName().equals("ParseWorker"));
    }
}
