/**
 * Batches made in child processes: {@code use_multiprocessing}, for decoders that leak or crash. Entry type: {@link
 * org.lockstep.executor.queue.child.ChildPool}; {@link org.lockstep.executor.queue.child.ChildMain} is what runs in a
 * child. Knows {@code data} and the settings of {@code conf}; it is the one package that starts processes.
 *
 * <p>Parent and child speak in frames over the child's standard input and a second pipe, descriptor 3; what the child
 * prints goes to the executor's log. A child whose input ends, ends.
 */
@NullMarked
package org.lockstep.executor.queue.child;

import org.jspecify.annotations.NullMarked;
