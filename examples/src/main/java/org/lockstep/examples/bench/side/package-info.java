/**
 * What a benchmark asks of each system it compares: entry types {@link Side} and, for systems whose class path is their
 * own, {@link SideProvider}. Imports {@code conf}'s and {@code data}'s packages and the JDK.
 */
@NullMarked
package org.lockstep.examples.bench.side;

import org.jspecify.annotations.NullMarked;
