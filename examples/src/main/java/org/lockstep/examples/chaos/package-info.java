/**
 * {@code bin/lockstep chaos}: trainings on a real standalone cluster of this machine, whose executors are killed, stopped and
 * cut off at random steps, must end with the bits of one thread. Entry type {@link org.lockstep.examples.chaos.Main}. Imports
 * picocli and Spark; Linux only.
 */
@NullMarked
package org.lockstep.examples.chaos;

import org.jspecify.annotations.NullMarked;
