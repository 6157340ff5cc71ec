package org.lockstep.conf.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lockstep.conf.CheckpointConf;
import org.lockstep.conf.CifarConf;
import org.lockstep.conf.ClusterConf;
import org.lockstep.conf.CompileConf;
import org.lockstep.conf.CrashPolicy;
import org.lockstep.conf.DataConf;
import org.lockstep.conf.FitConf;
import org.lockstep.conf.ImageConf;
import org.lockstep.conf.ImageFolderConf;
import org.lockstep.conf.JobConf;
import org.lockstep.conf.NetworkConf;
import org.lockstep.conf.OutputConf;
import org.lockstep.conf.Verbose;
import org.lockstep.keras.NotSupportedException;
import org.lockstep.layers.DTypePolicy;
import org.lockstep.layers.Dense;
import org.lockstep.layers.Flatten;
import org.lockstep.layers.Input;
import org.lockstep.losses.Loss;
import org.lockstep.losses.Reduction;
import org.lockstep.losses.SparseCategoricalCrossentropy;
import org.lockstep.metrics.AUC;
import org.lockstep.metrics.Confusion;
import org.lockstep.metrics.Logged;
import org.lockstep.metrics.Metric;
import org.lockstep.metrics.TopK;
import org.lockstep.model.Sequential;
import org.lockstep.optimizers.SGD;
import org.lockstep.optimizers.schedules.ExponentialDecay;

class JobFileTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "digits");

    private static final String SMALL = """
            model:
              name: small
              layers:
                - Input: {shape: [28, 28, 1]}
                - Flatten
                - {class_name: Dense, config: {units: 10, activation: softmax}}
            compile:
              optimizer: {sgd: {learning_rate: 0.1, momentum: 0.9}}
              loss: sparse_categorical_crossentropy
            data:
              train: {digits: {samples: 100}}
            """;

    @Test
    void parse_ofTheNecessary_takesDefaultsForTheRest() {
        JobConf job = JobFile.parse(SMALL, null);

        assertThat(job)
                .isEqualTo(new JobConf(
                        Sequential.of(
                                        Input.of(28, 28, 1),
                                        Flatten.of(),
                                        Dense.of(10).activation("softmax"))
                                .name("small"),
                        CompileConf.of(SGD.of(0.1).momentum(0.9), Loss.of("sparse_categorical_crossentropy")),
                        FitConf.of(),
                        DataConf.of(DataConf.Digits.of(100)),
                        null,
                        ClusterConf.of(),
                        null,
                        OutputConf.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{exponential_decay: 0.1, decay_steps: 100, decay_rate: 0.5}",
                "{exponential_decay: {initial_learning_rate: 0.1, decay_steps: 100, decay_rate: 0.5}}",
                "{class_name: ExponentialDecay, config: {initial_learning_rate: 0.1, decay_steps: 100, decay_rate: 0.5}}",
            })
    void parse_ofALearningRateSchedule_takesIt(String schedule) {
        JobConf job = JobFile.parse(SMALL.replace("learning_rate: 0.1", "learning_rate: " + schedule), null);

        assertThat(job.compile().optimizer())
                .isEqualTo(SGD.of().momentum(0.9).learningRate(ExponentialDecay.of(0.1, 100, 0.5)));
    }

    @Test
    void parse_ofMetricsAndReduction_takesTheirArguments() {
        JobConf job = JobFile.parse(SMALL.replace("  loss: sparse_categorical_crossentropy\n", """
                          loss: {sparse_categorical_crossentropy: {from_logits: true, reduction: sum}}
                          metrics: [accuracy, {top_k_categorical_accuracy: 3}]
                          weighted_metrics: [accuracy, {auc: {num_thresholds: 50, curve: PR}}, {precision: {class_id: 2}}]
                        """), null);

        assertThat(job.compile().loss()).isEqualTo(new SparseCategoricalCrossentropy(true, Reduction.SUM));
        assertThat(job.compile().metrics())
                .containsExactly(Metric.of("accuracy"), TopK.of(false).k(3));
        assertThat(job.compile().weightedMetrics())
                .containsExactly(
                        Metric.of("accuracy"),
                        AUC.of().numThresholds(50).curve(AUC.Curve.PR),
                        Confusion.precision().classId(2));
        assertThat(job.compile().logged().stream().map(Logged::name))
                .containsExactly("accuracy", "top_k_categorical_accuracy", "weighted_accuracy", "auc", "precision");
    }

    @Test
    void parse_ofEverySetting_takesThem() {
        JobConf job = JobFile.parse(SMALL + """
                  validation: {idx: {images: a.gz, labels: /b.gz, classes: 10, one_hot: true, skip: 5, take: 7}}
                fit: {batch_size: 64, epochs: 5, initial_epoch: 1, shuffle: false, verbose: 2, max_queue_size: 3, seed: 9,
                      steps_per_epoch: 7, class_weight: {0: 2, 1: 0.5}, validation_split: 0.25, validation_steps: 6,
                      validation_batch_size: 8, validation_freq: [2, 3], workers: 4, use_multiprocessing: true,
                      on_child_crash: fail}
                cluster: {master: "local[2]", shards: 3, engine: dl4j, exchange: driver, threads_per_shard: 2,
                          accept_other_kernels: true, recovery_interval: 7.5, bind_address: 10.0.0.7, port: 7300,
                          heartbeat_timeout: 4.5, wire: bfloat16, shared_memory: false}
                checkpoint: {backup_dir: runs/a, save_freq: 100, delete_checkpoint: false, keep: 5}
                output: {model: m.keras, curves: c.png, report: r.html}
                """, Path.of("/jobs"));

        assertThat(job.fit())
                .isEqualTo(FitConf.of()
                        .batchSize(64)
                        .epochs(5)
                        .initialEpoch(1)
                        .stepsPerEpoch(7)
                        .shuffle(false)
                        .verbose(Verbose.LINE_PER_EPOCH)
                        .classWeight(Map.of(0, 2.0, 1, 0.5))
                        .validationSplit(0.25)
                        .validationSteps(6)
                        .validationBatchSize(8)
                        .validationFreq(List.of(2, 3))
                        .maxQueueSize(3)
                        .workers(4)
                        .useMultiprocessing(true)
                        .onChildCrash(CrashPolicy.FAIL)
                        .seed(9));
        assertThat(job.data().validation()).isEqualTo(new DataConf.Idx("/jobs/a.gz", "/b.gz", 10, true, 5, 7L));
        assertThat(job.master()).isEqualTo("local[2]");
        assertThat(job.cluster())
                .isEqualTo(ClusterConf.of()
                        .shards(3)
                        .engine(ClusterConf.Engine.DL4J)
                        .exchange(ClusterConf.Exchange.DRIVER)
                        .threadsPerShard(2)
                        .acceptOtherKernels(true)
                        .network(new NetworkConf(7.5, "10.0.0.7", 7300, 4.5, NetworkConf.Wire.BFLOAT16, false)));
        assertThat(job.checkpoint()).isEqualTo(new CheckpointConf("runs/a", 100, false, 5));
        assertThat(job.output()).isEqualTo(new OutputConf("m.keras", "c.png", "r.html"));
    }

    @Test
    void parse_ofJson_isAJobToo() {
        assertThat(JobFile.parse(Json.write(Json.parseYaml(SMALL)), null)).isEqualTo(JobFile.parse(SMALL, null));
    }

    @ParameterizedTest
    @CsvSource({"digits.yaml, 5, 64", "mnist.yaml, 10, 64"})
    void read_ofTheExamples_isLenet(String name, int epochs, int batchSize) {
        JobConf job = JobFile.read(EXAMPLES.resolve(name));

        assertThat(job.fit().epochs()).isEqualTo(epochs);
        assertThat(job.fit().batchSize()).isEqualTo(batchSize);
        assertThat(job.model().layout().length()).isEqualTo(225_034);
        assertThat(job.data().validation()).isNotNull();
    }

    @Test
    void read_ofRelativePaths_resolvesThemBesideTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(file, SMALL.replace("{digits: {samples: 100}}", "{idx: {images: i, labels: 's3a://x/l'}}"));

        assertThat(JobFile.read(file).data().train())
                .isEqualTo(DataConf.Idx.of(folder.resolve("i").toString(), "s3a://x/l"));
    }

    private static JobConf training(String source) {
        return JobFile.parse(SMALL.replace("{digits: {samples: 100}}", source), Path.of("/jobs"));
    }

    @Test
    void parse_ofImages_takesEverySetting() {
        ImageConf images = ImageConf.of()
                .scale(0.5)
                .flip("vertical")
                .cropPadding(4)
                .onBadRecord("skip")
                .maxBadShare(0.25)
                .skip(1)
                .take(2);
        String all =
                "scale: 0.5, flip: vertical, crop_padding: 4, on_bad_record: skip, max_bad_share: 0.25, skip: 1, take: 2";

        assertThat(training(
                                "{image_folder: {directory: a.zip/b, labels: inferred, label_mode: binary, color_mode: grayscale, "
                                        + "image_size: [8, 9], interpolation: bilinear, crop_to_aspect_ratio: false, "
                                        + all
                                        + "}}")
                        .data()
                        .train())
                .isEqualTo(ImageFolderConf.of("/jobs/a.zip/b")
                        .labelMode("binary")
                        .colorMode("grayscale")
                        .imageSize(List.of(8, 9))
                        .images(images));
        assertThat(training("{cifar10: {files: [a.bin, 's3a://x/b'], one_hot: true, " + all + "}}")
                        .data()
                        .train())
                .isEqualTo(CifarConf.of(CifarConf.Kind.CIFAR10, List.of("/jobs/a.bin", "s3a://x/b"))
                        .oneHot(true)
                        .images(images));
        assertThat(training("{cifar100: {files: a}}").data().train())
                .isEqualTo(CifarConf.of(CifarConf.Kind.CIFAR100_FINE, List.of("/jobs/a")));
        assertThat(training("{cifar100: {files: a, label_mode: coarse}}").data().train())
                .isEqualTo(CifarConf.of(CifarConf.Kind.CIFAR100_COARSE, List.of("/jobs/a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {image_folder: {}}                                    | image_folder is missing 1 required argument: `directory`.
            {image_folder: {directory: d, colour_mode: rgb}}      | Unrecognized keyword arguments passed to image_folder: {'colour_mode': 'rgb'}. Did you mean `color_mode`?
            {image_folder: {directory: d, image_size: 8}}         | Invalid `image_size`: must be a list of dimensions. Received: image_size=8 of type
            {image_folder: {directory: d, image_size: [8, 8, 3]}} | Invalid `image_size`: must be two positive integers, height and width. Received: [8, 8, 3]
            {image_folder: {directory: d, interpolation: area}}   | image_folder: argument `interpolation` is not supported. Received: interpolation='area'
            {image_folder: {directory: d, class_names: [a, b]}}   | image_folder: argument `class_names` is not supported. Received: class_names=['a', 'b']
            {image_folder: {directory: d, max_bad_share: 0.1}}    | Invalid `max_bad_share`: needs `on_bad_record: skip`. Received: 0.1
            {cifar10: {files: 3}}                                 | Invalid `files`: must be a string. Received: files=3 of type
            {cifar100: {files: a, label_mode: both}}              | `label_mode` must be one of `"fine"`, `"coarse"`. Received: label_mode=both.
            {cifar: {files: a}}                                   | Unknown data source: 'cifar'. Did you mean `cifar10`?
            3                                                     | must be a dictionary
            """)
    void parse_ofWrongSources_saysWhere(String source, String message) {
        assertThatThrownBy(() -> training(source))
                .isInstanceOf(RuntimeException.class)
                .hasMessageStartingWith("data: train: ")
                .hasMessageContaining(message);
    }

    @Test
    void read_ofNoFile_namesIt() {
        assertThatThrownBy(() -> JobFile.read(Path.of("nowhere.yaml")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no file")
                .hasMessageContaining("nowhere.yaml");
    }

    /** What each line changes in the small job, and what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model:            | modle:              | 'modle'
            units: 10         | unit: 10            | model: layers[2]: Dense is missing 1 required argument: `units`. Did you mean it by `unit`?
            units: 10         | units: 10, bias: 1  | Unrecognized keyword arguments passed to Dense: {'bias': 1}.
            activation:       | activtion:          | Did you mean `activation`?
            Flatten           | Flaten              | model: layers[1]: Unknown layer: 'Flaten' is not one of the supported classes. Did you mean `Flatten`?
            Flatten           | {A: {}, B: {}}      | must be one class name
            optimizer:        | optimiser:          | Did you mean `optimizer`?
            learning_rate:    | lr:                 | Unrecognized keyword arguments passed to SGD: {'lr': 0.1}
            momentum: 0.9     | momentum: 9         | `momentum` must be a float between [0, 1]
            sgd:              | sdg:                | Could not interpret optimizer identifier: sdg
            loss:             | losses:             | compile is missing 1 required argument: `loss`. Did you mean it by `losses`?
            softmax           | softmaxx            | Could not interpret activation function identifier: softmaxx
            train:            | trian:              | data: data is missing 1 required argument: `train`. Did you mean it by `trian`?
            digits            | digit               | data: train: Unknown data source: 'digit'. Did you mean `digits`?
            samples: 100      | samples: 0          | Invalid `samples`: must be a positive integer
            samples: 100      | samples: many       | Invalid `samples`: must be an integer
            shape: [28        | shape: [x           | Invalid `shape`
            name: small       | name: 3             | Invalid `name`: must be a string
            """)
    void parse_ofAMistake_namesPlaceAndRemedy(String good, String bad, String message) {
        assertThat(SMALL).contains(good);

        assertThatThrownBy(() -> JobFile.parse(SMALL.replaceFirst(Pattern.quote(good), bad), null))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fit: {epoch: 3}                | fit: Unrecognized keyword arguments passed to fit: {'epoch': 3}. Did you mean `epochs`?
            fit: {epochs: -1}              | fit: Invalid `epochs`: must not be negative. Received: -1
            fit: {epochs: 1.5}             | fit: Invalid `epochs`: must be an integer. Received: epochs=1.5 of type <class 'float'>
            fit: {batch_size: -1}          | Invalid `batch_size`: must be a positive integer. Received: -1
            fit: {verbose: 3}              | Invalid `verbose`: must be 0, 1, 2 or "auto". Received: 3
            fit: {validation_split: 1.0}   | fit: Invalid `validation_split`: must be in [0, 1). Received: 1.0
            fit: {class_weight: {a: 1}}    | Invalid `class_weight`: must be a dictionary of class numbers to weights
            fit: {validation_freq: 0}      | `validation_freq` can not be less than 1. Received: 0
            fit: {workers: -1}             | Invalid `workers`: must not be negative. Received: -1
            fit: 3                         | Invalid fit: must be a dictionary. Received: 3
            cluster: {shards: 0}           | cluster: Invalid `shards`: must be a positive integer. Received: 0
            cluster: {engine: torch}       | Invalid `engine`: must be one of onednn, dl4j. Received: engine='torch'
            cluster: {recovery_interval: 0} | Invalid `recovery_interval`: must be a positive number of seconds. Received: 0
            cluster: {port: 70000}         | Invalid `port`: must be 0 for any, or at most 65535. Received: 70000
            cluster: {exchange: [auto]}    | Invalid `exchange`: must be one of auto, memory, network, driver
            checkpoint: {}                 | checkpoint: checkpoint is missing 1 required argument: `backup_dir`
            checkpoint: {backup_dir: " "}  | checkpoint: Empty `backup_dir` argument passed
            checkpoint: {backup_dir: a, keep: 0}        | Invalid `keep`: must be a positive integer. Received: 0
            checkpoint: {backup_dir: a, save_freq: 0}   | Received: save_freq=0. Expected either 'epoch' or a positive integer value.
            checkpoint: {backup_dir: a, save_freq: day} | Received: save_freq=day. Expected either 'epoch' or an integer value.
            output: {model: m.zip}         | output: Invalid `model`: must end in .keras or .h5 or .hdf5. Received: m.zip
            output: {model: m.keras, x: 1} | output: Unrecognized keyword arguments passed to output: {'x': 1}
            outputs: {}                    | Unrecognized keyword arguments passed to the job file: {'outputs': {}}. Did you mean `output`?
            compile: {}                    | Duplicate
            fit: {a: 1, a: 2}              | Duplicate
            fit: [                         | Cannot read YAML
            """)
    void parse_ofAWrongSection_namesPlaceAndRemedy(String section, String message) {
        assertThatThrownBy(() -> JobFile.parse(SMALL + section, null))
                .isInstanceOfAny(IllegalArgumentException.class, NotSupportedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void dtype_ofTheModel_isThatOfLayersWithoutTheirOwn() {
        String text = SMALL.replace("  name: small\n", "  name: small\n  dtype: mixed_bfloat16\n")
                .replace("{units: 10,", "{units: 10, dtype: float32,");

        JobConf job = JobFile.parse(text, null);

        assertThat(job.model().layers())
                .extracting(layer -> layer.conf().dtype())
                .containsExactly(DTypePolicy.MIXED_BFLOAT16, DTypePolicy.FLOAT32);
    }

    @Test
    void parse_ofYamlBombOrTag_isRefused() {
        String bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n";

        assertThatThrownBy(() -> JobFile.parse(bomb, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobFile.parse("model: !!java.io.File [/etc/passwd]", null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
