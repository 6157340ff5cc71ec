// A Sequence that is typed into the shell trains on executors, its batches made by threads and by child processes.
import org.apache.spark.api.java.JavaSparkContext
import org.lockstep.conf.{ClusterConf, FitConf, Verbose}
import org.lockstep.data.{Batch, Sequence, Tensor}
import org.lockstep.driver.SparkModel
import org.lockstep.layers.{Dense, Input}
import org.lockstep.model.Sequential

case class Ramps(length: Int, inChildren: Boolean) extends Sequence {
  override def get(index: Int): Batch = {
    val isChild = System.getProperty("sun.java.command", "").endsWith("ChildMain")
    require(isChild == inChildren, s"batch $index was asked for in the wrong process")
    val x = Tensor.zeros(3, 4)
    val y = Tensor.zeros(3, 1)
    for (i <- 0 until 12) {
      x.values()(i) = (index * 7 + i) % 5 / 5f
      y.values()(i / 4) += x.values()(i)
    }
    new Batch(x, y)
  }
}

for (inChildren <- Seq(false, true)) {
  val network = Sequential.of(Input.of(4), Dense.of(5).activation("relu"), Dense.of(1))
  val model = SparkModel.of(network, new JavaSparkContext(sc)).on(ClusterConf.of().shards(2)).compile("adam", "mse")
  val fit = FitConf.of().epochs(2).seed(3).workers(2).useMultiprocessing(inChildren).verbose(Verbose.SILENT)
  model.fit(Ramps(7, inChildren), fit, Ramps(3, inChildren))
  println("typed: weights " + model.state(0).sha256())
}
