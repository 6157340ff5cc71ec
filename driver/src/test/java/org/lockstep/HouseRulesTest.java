package org.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which, and where each foreign library lives. */
@AnalyzeClasses(packages = "org.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.lockstep.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule VALUES_KNOW_ONLY_VALUES = classes()
            .that()
            .resideInAnyPackage(
                    "org.lockstep.keras..",
                    "org.lockstep.random..",
                    "org.lockstep.activations..",
                    "org.lockstep.initializers..",
                    "org.lockstep.regularizers..",
                    "org.lockstep.constraints..",
                    "org.lockstep.layers..",
                    "org.lockstep.losses..",
                    "org.lockstep.metrics..",
                    "org.lockstep.optimizers..",
                    "org.lockstep.model..",
                    "org.lockstep.report..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.lockstep.keras..",
                    "org.lockstep.random..",
                    "org.lockstep.activations..",
                    "org.lockstep.initializers..",
                    "org.lockstep.regularizers..",
                    "org.lockstep.constraints..",
                    "org.lockstep.layers..",
                    "org.lockstep.losses..",
                    "org.lockstep.metrics..",
                    "org.lockstep.optimizers..",
                    "org.lockstep.model..",
                    "org.lockstep.report..");

    @ArchTest
    static final ArchRule SPARK = only(
            "org.apache.spark..",
            "org.lockstep.data.spark..",
            "org.lockstep.executor.spark..",
            "org.lockstep.executor.kryo..",
            "org.lockstep.executor.transport..",
            "org.lockstep.driver",
            "org.lockstep.driver.launch..",
            "org.lockstep.driver.cli..",
            "org.lockstep.examples..");

    @ArchTest
    static final ArchRule SPARK_NETWORK =
            onlyAny(new String[] {"org.apache.spark.network..", "io.netty.."}, "org.lockstep.executor.transport..");

    @ArchTest
    static final ArchRule DL4J = onlyAny(
            new String[] {"org.nd4j..", "org.deeplearning4j.."},
            "org.lockstep.executor.step.dl4j..",
            "org.lockstep.executor.kryo..",
            "org.lockstep.callbacks.tensorboard..",
            "org.lockstep.examples.bench.peers.dl4j..");

    @ArchTest
    static final ArchRule TENSORFLOW = only("org.tensorflow..", "org.lockstep.callbacks.tensorboard..");

    @ArchTest
    static final ArchRule ONEDNN = only(
            "org.bytedeco.dnnl..", "org.lockstep.executor.step.onednn..", "org.lockstep.examples.bench.primitives..");

    @ArchTest
    static final ArchRule PYTORCH = only("org.bytedeco.pytorch..", "org.lockstep.examples.bench.peers.pytorch..");

    @ArchTest
    static final ArchRule JNA = only("com.sun.jna..", "org.lockstep.executor.step.onednn..");

    @ArchTest
    static final ArchRule JACKSON = only("com.fasterxml..", "org.lockstep.conf.json..");

    @ArchTest
    static final ArchRule HDF5 = only("io.jhdf..", "org.lockstep.driver.files..");

    @ArchTest
    static final ArchRule HADOOP = only("org.apache.hadoop..", "org.lockstep.data.storage..");

    @ArchTest
    static final ArchRule PICOCLI = only("picocli..", "org.lockstep.driver.cli..", "org.lockstep.examples..");

    @ArchTest
    static final ArchRule CHARTS = only("org.knowm..", "org.lockstep.driver.curves..");

    @ArchTest
    static final ArchRule SIBLINGS_ON_EXECUTORS = slices().matching("org.lockstep.executor.(queue|exchange)..")
            .should()
            .notDependOnEachOther()
            .as("the queue and the exchange do not know each other");

    @ArchTest
    static final ArchRule FORMATS = slices().matching(
                    "org.lockstep.data.(array|augment|cifar|idx|image|spark|synthetic)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule NO_EMPTY_NAMES = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..core..", "..misc..");

    private static ArchRule only(String library, String... rooms) {
        return onlyAny(new String[] {library}, rooms);
    }

    private static ArchRule onlyAny(String[] libraries, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .allowEmptyShould(true);
    }
}
