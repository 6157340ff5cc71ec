// First steps in the Spark shell: bin/lockstep shell < examples/notebooks/first-steps.scala
val numbers = sc.parallelize(1 to 1000, 4)
val squares = numbers.map(n => n.toLong * n).sum
assert(squares == 333833500L, s"squares: $squares")
assert(spark.range(10).filter("id % 2 = 0").count == 5)

println("first steps: done")
