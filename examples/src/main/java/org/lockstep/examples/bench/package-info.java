/**
 * {@code bin/lockstep bench}: Lockstep measured beside its peers, in the same run. Entry type {@link Main}. Imports the
 * public API, Spark and picocli; each peer lives in {@code peers}.
 */
@NullMarked
package org.lockstep.examples.bench;

import org.jspecify.annotations.NullMarked;
