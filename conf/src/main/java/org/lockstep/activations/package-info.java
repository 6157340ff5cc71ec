/** Keras's activation functions as values, by name or with arguments. Imports only the JDK. */
@NullMarked
package org.lockstep.activations;

import org.jspecify.annotations.NullMarked;
