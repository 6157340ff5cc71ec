/** Keras's metrics as values. Imports only the JDK and {@code keras}. */
@NullMarked
package org.lockstep.metrics;

import org.jspecify.annotations.NullMarked;
