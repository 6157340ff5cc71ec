/**
 * TensorBoard's event files. Entry type: {@link org.lockstep.callbacks.tensorboard.EventFile}. Imports storage and tensors;
 * sole importer of TensorFlow's messages, which the jars of ND4J hold with a Protocol Buffers library of their own, so that
 * neither can clash with what Spark or Hadoop bring.
 */
@NullMarked
package org.lockstep.callbacks.tensorboard;

import org.jspecify.annotations.NullMarked;
