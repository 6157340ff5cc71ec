/**
 * JVMs that a benchmark starts and talks to in lines: entry types {@link Conversation} and, for the other end, {@link
 * ChildEnd}. Imports the JDK alone.
 */
@NullMarked
package org.lockstep.examples.bench.process;

import org.jspecify.annotations.NullMarked;
