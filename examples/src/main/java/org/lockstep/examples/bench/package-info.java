/**
 * {@code bin/lockstep bench}: Lockstep measured beside its limits and its peers, in the same run. Entry type {@link Main}.
 * Sides live in {@code ours}, {@code primitives} and, built by the Maven profile {@code peers} alone, {@code peers}; this
 * package starts each in a process of its own, and imports picocli.
 */
@NullMarked
package org.lockstep.examples.bench;

import org.jspecify.annotations.NullMarked;
