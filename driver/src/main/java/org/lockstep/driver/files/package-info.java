/**
 * Keras 3's own files, {@code .keras} (a model, how it was compiled, weights and the optimizer's state) and {@code
 * .weights.h5}, and Keras's older {@code .h5}. Entry type: {@link org.lockstep.driver.files.KerasFile}. The sole importer of
 * jHDF; imports conf, data-sources and the train state.
 */
@NullMarked
package org.lockstep.driver.files;

import org.jspecify.annotations.NullMarked;
