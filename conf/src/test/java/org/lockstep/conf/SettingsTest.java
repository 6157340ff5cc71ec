package org.lockstep.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lockstep.conf.DataConf.Digits;
import org.lockstep.conf.DataConf.Idx;

/** The defaults of all settings; an option that is missing here fails. */
class SettingsTest {

    @Test
    void fitConf_hasKerasDefaults() throws ReflectiveOperationException {
        assertThat(options(FitConf.of()))
                .isEqualTo(map(
                        "batchSize",
                        null,
                        "epochs",
                        1,
                        "initialEpoch",
                        0,
                        "stepsPerEpoch",
                        null,
                        "shuffle",
                        true,
                        "verbose",
                        Verbose.AUTO,
                        "classWeight",
                        null,
                        "validation",
                        ValidationConf.of(),
                        "input",
                        InputConf.of(),
                        "seed",
                        0L));
        assertThat(FitConf.of().samplesPerBatch()).isEqualTo(32);
        assertThat(options(ValidationConf.of()))
                .isEqualTo(map("split", 0.0, "steps", null, "batchSize", null, "every", 1, "epochs", null));
        assertThat(options(InputConf.of()))
                .isEqualTo(map(
                        "maxQueueSize",
                        10,
                        "workers",
                        1,
                        "useMultiprocessing",
                        false,
                        "onChildCrash",
                        CrashPolicy.RESTART));
    }

    @Test
    void clusterConf_hasDefaults() throws ReflectiveOperationException {
        assertThat(options(ClusterConf.of()))
                .isEqualTo(map(
                        "shards",
                        null,
                        "engine",
                        ClusterConf.Engine.ONEDNN,
                        "exchange",
                        ClusterConf.Exchange.AUTO,
                        "threadsPerShard",
                        1,
                        "acceptOtherKernels",
                        false,
                        "network",
                        NetworkConf.of()));
        assertThat(options(NetworkConf.of()))
                .isEqualTo(map(
                        "recoveryInterval",
                        60.0,
                        "bindAddress",
                        null,
                        "port",
                        0,
                        "heartbeatTimeout",
                        3.0,
                        "wire",
                        NetworkConf.Wire.FLOAT32,
                        "sharedMemory",
                        true));
    }

    @Test
    void otherSettings_haveDefaults() throws ReflectiveOperationException {
        assertThat(options(OutputConf.of())).isEqualTo(map("model", null, "curves", null, "report", null));
        assertThat(options(Digits.of(5))).isEqualTo(map("samples", 5L, "seed", 0L, "skip", 0L));
        assertThat(options(Idx.of("i", "l")))
                .isEqualTo(
                        map("images", "i", "labels", "l", "classes", null, "oneHot", false, "skip", 0L, "take", null));
        assertThat(options(ImageConf.of()))
                .isEqualTo(map(
                        "scale", null,
                        "flip", null,
                        "cropPadding", null,
                        "onBadRecord", null,
                        "maxBadShare", null,
                        "skip", 0L,
                        "take", null));
        assertThat(options(ImageFolderConf.of("d")))
                .isEqualTo(map(
                        "directory", "d",
                        "imageSize", null,
                        "labelMode", null,
                        "colorMode", null,
                        "images", ImageConf.of()));
        assertThat(options(CifarConf.of(CifarConf.Kind.CIFAR10, List.of("f"))))
                .isEqualTo(map(
                        "kind",
                        CifarConf.Kind.CIFAR10,
                        "files",
                        List.of("f"),
                        "oneHot",
                        false,
                        "images",
                        ImageConf.of()));
        assertThat(CompileConf.DEFAULT_OPTIMIZER).isEqualTo("rmsprop");
    }

    @Test
    void setters_changeOneOptionEach() {
        FitConf fit = FitConf.of()
                .batchSize(1)
                .epochs(2)
                .initialEpoch(3)
                .shuffle(false)
                .verbose(Verbose.SILENT)
                .maxQueueSize(4)
                .seed(5);

        assertThat(fit)
                .isEqualTo(new FitConf(
                        1,
                        2,
                        3,
                        null,
                        false,
                        Verbose.SILENT,
                        null,
                        ValidationConf.of(),
                        new InputConf(4, 1, false),
                        5));
        assertThat(Idx.of("i", "l").classes(3).oneHot(true).skip(4).take(5))
                .isEqualTo(new Idx("i", "l", 3, true, 4, 5L));
        assertThat(Digits.of(1).seed(2).skip(3)).isEqualTo(new Digits(1, 2, 3));
    }

    @Test
    void of_wrongValues_isRefusedByName() {
        assertThatThrownBy(() -> FitConf.of().batchSize(0))
                .hasMessage("Invalid `batch_size`: must be a positive integer. Received: 0");
        assertThatThrownBy(() -> FitConf.of().epochs(-1))
                .hasMessage("Invalid `epochs`: must not be negative. Received: -1");
        assertThat(FitConf.of().epochs(0).epochs()).isZero();
        assertThatThrownBy(() -> FitConf.of().stepsPerEpoch(0))
                .hasMessageStartingWith("Unexpected value for `steps_per_epoch`. Received value is 0.");
        assertThatThrownBy(() -> FitConf.of().stepsPerEpoch(-2))
                .hasMessage("Invalid `steps_per_epoch`: must be a positive integer. Received: -2");
        assertThat(FitConf.of().stepsPerEpoch(FitConf.ENDLESS).stepsPerEpoch()).isEqualTo(-1);
        assertThatThrownBy(() -> FitConf.of().initialEpoch(-1))
                .hasMessage("Invalid `initial_epoch`: must not be negative. Received: -1");
        assertThatThrownBy(() -> FitConf.of().maxQueueSize(0))
                .hasMessage("Invalid `max_queue_size`: must be a positive integer. Received: 0");
        assertThatThrownBy(() -> ClusterConf.of().shards(0))
                .hasMessage("Invalid `shards`: must be a positive integer. Received: 0");
        assertThatThrownBy(() -> ClusterConf.of().threadsPerShard(0))
                .hasMessage("Invalid `threads_per_shard`: must be a positive integer. Received: 0");
        assertThatThrownBy(() -> Idx.of("i", "l").oneHot(true))
                .hasMessage("Invalid `one_hot`: needs `classes`. Received: True");
        assertThatThrownBy(() -> Idx.of("i", "l").classes(300))
                .hasMessage("Invalid `classes`: must be in [1, 256]. Received: 300");
        assertThatThrownBy(() -> Idx.of(" ", "l")).hasMessage("Invalid `images`: must be a path. Received: \" \"");
        assertThatThrownBy(() -> ImageFolderConf.of(""))
                .hasMessage("Invalid `directory`: must be a path. Received: \"\"");
        assertThatThrownBy(() -> ImageFolderConf.of("d").imageSize(List.of(8, 0)))
                .hasMessage("Invalid `image_size`: must be two positive integers, height and width. Received: [8, 0]");
        assertThatThrownBy(() -> CifarConf.of(CifarConf.Kind.CIFAR10, List.of()))
                .hasMessage("Invalid `files`: must name at least one file. Received: []");
        assertThatThrownBy(() -> ImageConf.of().maxBadShare(0.1))
                .hasMessage("Invalid `max_bad_share`: needs `on_bad_record: skip`. Received: 0.1");
        assertThatThrownBy(() -> ImageConf.of().take(0))
                .hasMessage("Invalid `take`: must be a positive integer. Received: 0");
        assertThatThrownBy(() -> Digits.of(1).skip(-1))
                .hasMessage("Invalid `skip`: must not be negative. Received: -1");
        assertThatThrownBy(() -> OutputConf.of().curves("c.jpg"))
                .hasMessage("Invalid `curves`: must end in .png or .svg. Received: c.jpg");
        assertThatThrownBy(() -> OutputConf.of().report("r.pdf"))
                .hasMessage("Invalid `report`: must end in .html. Received: r.pdf");
        assertThatThrownBy(() -> Verbose.of(true))
                .hasMessage("Invalid `verbose`: must be 0, 1, 2 or \"auto\". Received: true");
        assertThat(Verbose.of(2)).isEqualTo(Verbose.LINE_PER_EPOCH);
    }

    private static Map<String, @Nullable Object> options(Record settings) throws ReflectiveOperationException {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            options.put(component.getName(), component.getAccessor().invoke(settings));
        }
        return options;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
