/**
 * PyTorch as benchmarks measure it, found as a service: {@link PytorchProvider}. Imports PyTorch's bindings, {@code conf}'s
 * and {@code data}'s packages and {@code bench.side}.
 */
@NullMarked
package org.lockstep.examples.bench.peers.pytorch;

import org.jspecify.annotations.NullMarked;
