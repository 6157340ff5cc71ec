// First steps in the Spark shell: bin/lockstep shell < examples/notebooks/first-steps.scala
import org.apache.spark.api.java.JavaSparkContext
import org.lockstep.conf.{ClusterConf, FitConf, Verbose}
import org.lockstep.data.synthetic.SyntheticDigits
import org.lockstep.driver.SparkModel
import org.lockstep.layers._
import org.lockstep.model.Sequential

// A small convolutional network, as a value.
val network = Sequential.of(Input.of(28, 28, 1), Conv2D.of(8, 5).activation("relu"), MaxPooling2D.of(2), Conv2D.of(16, 5).activation("relu"), MaxPooling2D.of(2), Flatten.of(), Dense.of(10).activation("softmax"))

// The shell's own Spark context trains it: 1,000 digits in two shards, 200 more to see how it does.
val digits = SyntheticDigits.of(1200, 7)
val model = SparkModel.of(network, new JavaSparkContext(sc)).on(ClusterConf.of().shards(2)).compile("adam", "sparse_categorical_crossentropy", "accuracy")
val fit = FitConf.of().batchSize(20).epochs(2).seed(7).verbose(Verbose.LINE_PER_EPOCH)
val history = model.fit(digits.take(1000), fit, digits.skip(1000))
println(s"history: ${history.history()}")

// One held-out digit: its pixels, ten probabilities, the most probable digit.
val samples = digits.openSamples()
val pixels = samples.emptyX(1)
val label = samples.emptyY(1)
samples.copy(1100, pixels, label, 0)
val probabilities = model.predict(pixels).values()
val named = probabilities.indexOf(probabilities.max)
println(f"predicted: $named with probability ${probabilities.max}%.2f, drawn: ${label.values()(0).toInt}")
assert(math.abs(probabilities.sum - 1) < 1e-5 && history.last("val_accuracy") > 0.5)

println("first steps: done")
