/**
 * The local prefetch queue between a shard's sequence and the training step. Entry type: {@link
 * org.lockstep.executor.queue.PrefetchQueue}. Knows only {@code data}.
 */
@NullMarked
package org.lockstep.executor.queue;

import org.jspecify.annotations.NullMarked;
