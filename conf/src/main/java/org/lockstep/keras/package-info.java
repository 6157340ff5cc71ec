/**
 * What all of Keras's configurable objects share: the protocol {@link org.lockstep.keras.KerasObject}, the settings of
 * {@code ~/.keras/keras.json} and the error for what is not supported yet. Imports only the JDK.
 */
@NullMarked
package org.lockstep.keras;

import org.jspecify.annotations.NullMarked;
