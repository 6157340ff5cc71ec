/** What a benchmark asks of each system it compares: entry type {@link Side}. Imports only {@code data} and the JDK. */
@NullMarked
package org.lockstep.examples.bench.side;

import org.jspecify.annotations.NullMarked;
