/**
 * Samples in memory, as for Keras's {@code fit(x, y)}. Entry type: {@link org.lockstep.data.array.ArraySource}. Imports
 * only {@code org.lockstep.data}.
 */
@NullMarked
package org.lockstep.data.array;

import org.jspecify.annotations.NullMarked;
