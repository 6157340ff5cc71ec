/**
 * The local prefetch queue between a shard's feed and the training step. Entry type: {@link
 * org.lockstep.executor.queue.PrefetchQueue}. Knows only {@code data} and the settings of {@code conf}.
 */
@NullMarked
package org.lockstep.executor.queue;

import org.jspecify.annotations.NullMarked;
