/**
 * Settings of a run as immutable values: how a model is compiled and fitted, and on what. Imports only the value
 * packages.
 *
 * <p>Each argument of {@code fit} and {@code fit_generator} is kept in one place and has one owner, the class that acts
 * on it; what does not go together, {@code driver.plan.FitRules} refuses.
 *
 * <pre>
 * argument               kept in                      owner, below org.lockstep
 * x, generator           call                         data.TrainingData
 * batch_size             FitConf.batchSize            data.BatchOrder
 * epochs                 FitConf.epochs               driver.plan.Schedule
 * initial_epoch          FitConf.initialEpoch         driver.plan.Schedule
 * steps_per_epoch        FitConf.stepsPerEpoch        driver.plan.Schedule
 * shuffle                FitConf.shuffle              data.BatchOrder
 * verbose                FitConf.verbose              driver.Console
 * callbacks              call                         driver.RunCallbacks
 * class_weight           FitConf.classWeight          executor.worker.ClassWeights
 * validation_data        call                         driver.plan.HeldOut
 * validation_split       ValidationConf.split         driver.plan.HeldOut
 * validation_steps       ValidationConf.steps         driver.plan.Schedule
 * validation_batch_size  ValidationConf.batchSize     driver.plan.TrainPlan
 * validation_freq        ValidationConf.every         driver.TrainingLoop
 * validation_freq, list  ValidationConf.epochs        driver.TrainingLoop
 * max_queue_size         InputConf.maxQueueSize       executor.queue.PooledLine
 * workers                InputConf.workers            executor.queue.PrefetchQueue
 * use_multiprocessing    InputConf.useMultiprocessing executor.worker.ShardQueues
 * on_child_crash         InputConf.onChildCrash       executor.queue.child.ChildPool
 * seed                   FitConf.seed                 random.CounterRandom
 * </pre>
 */
@NullMarked
package org.lockstep.conf;

import org.jspecify.annotations.NullMarked;
