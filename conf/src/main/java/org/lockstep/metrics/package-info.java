/** Keras's metrics as values. Imports only the JDK, {@code keras} and {@code losses}. */
@NullMarked
package org.lockstep.metrics;

import org.jspecify.annotations.NullMarked;
