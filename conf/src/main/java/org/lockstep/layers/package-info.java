/** Keras's layers as immutable values: names, defaults, shape rules and errors. Imports only the JDK and its siblings. */
@NullMarked
package org.lockstep.layers;

import org.jspecify.annotations.NullMarked;
