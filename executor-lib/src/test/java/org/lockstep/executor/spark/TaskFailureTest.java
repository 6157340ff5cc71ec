package org.lockstep.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.lockstep.data.LostDataException;

class TaskFailureTest {

    /** A queue and others put their own exceptions around it. */
    @Test
    void lostData_areToldApartHoweverDeep() {
        SparkConf conf = new SparkConf()
                .setMaster("local[1]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            assertThat(spark.isLocal()).isTrue();
            LostDataException lost = new LostDataException("gone");
            assertThat(TaskFailure.of(lost).isLostData()).isTrue();
            assertThat(TaskFailure.of(new IllegalStateException(new IOException(lost)))
                            .isLostData())
                    .isTrue();
            assertThat(TaskFailure.of(new IOException("disk on fire")).isLostData())
                    .isFalse();
        }
    }
}
