/**
 * What travels through Kryo and how. Entry type: {@link org.lockstep.executor.kryo.LockstepKryoRegistrator}. The only
 * importer of Kryo and nd4j-kryo.
 */
@NullMarked
package org.lockstep.executor.kryo;

import org.jspecify.annotations.NullMarked;
