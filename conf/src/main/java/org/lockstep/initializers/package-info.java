/** Keras's initializers: how a variable's first values are drawn. Imports only the JDK and {@code keras}, {@code random}. */
@NullMarked
package org.lockstep.initializers;

import org.jspecify.annotations.NullMarked;
