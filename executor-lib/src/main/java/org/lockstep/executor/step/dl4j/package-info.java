/**
 * The second opinion on gradients: models as Deeplearning4j networks. Entry type: {@link
 * org.lockstep.executor.step.dl4j.Dl4jNetwork}. With the Kryo registrator the only importer of DL4J and ND4J.
 */
@NullMarked
package org.lockstep.executor.step.dl4j;

import org.jspecify.annotations.NullMarked;
