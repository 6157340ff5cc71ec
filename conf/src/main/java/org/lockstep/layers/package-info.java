/** Keras's layers as immutable values: names, defaults, shape rules and errors. Entry types: {@link org.lockstep.layers.Layer} and its records. Imports only the JDK and the packages of its arguments. */
@NullMarked
package org.lockstep.layers;

import org.jspecify.annotations.NullMarked;
