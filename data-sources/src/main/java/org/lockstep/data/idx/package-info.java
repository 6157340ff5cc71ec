/**
 * IDX files, the format of MNIST and Fashion-MNIST, gzip or plain. Entry type: {@link org.lockstep.data.idx.IdxSource}.
 * Imports only {@code org.lockstep.data} and {@code org.lockstep.data.storage}.
 */
@NullMarked
package org.lockstep.data.idx;

import org.jspecify.annotations.NullMarked;
