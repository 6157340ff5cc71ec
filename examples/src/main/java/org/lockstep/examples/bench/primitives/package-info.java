/**
 * The limit that an engine on oneDNN can reach: a network's convolutions alone, as bare primitives. Entry type {@link
 * ConvolutionsSide}. Imports oneDNN's bindings, {@code conf}'s packages and {@code bench.side}.
 */
@NullMarked
package org.lockstep.examples.bench.primitives;

import org.jspecify.annotations.NullMarked;
