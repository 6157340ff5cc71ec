/**
 * The input pipeline alone: entry types {@link GeneratedImages}, JPEG files made for a run, and {@link Pipeline}, batches
 * per second of them. Imports {@code data}'s packages, the executor's queue and the JDK.
 */
@NullMarked
package org.lockstep.examples.bench.input;

import org.jspecify.annotations.NullMarked;
